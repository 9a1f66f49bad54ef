/** Whether two `typ` values name the same media type: case and `application/` do not matter (RFC 7515 §4.1.9). */
export function sameMediaType(a: string, b: string): boolean {
  return a === b || normalised(a) === normalised(b);
}

function normalised(type: string): string {
  const lower = type.toLowerCase();
  // The prefix may be left out only where no other slash is in the rest.
  return lower.includes('/') ? lower : `application/${lower}`;
}
