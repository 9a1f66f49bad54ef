/** Whether two lists of expected names let the same token pass; one that is not there lets all pass. */
export function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return !a || !b || a.some((name) => b.includes(name));
}
