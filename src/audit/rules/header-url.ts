/** Host names that mean this machine or a private network; names without a dot resolve inside one only. */
const PRIVATE_NAME = /^[^.]*$|(^|\.)localhost$|\.(local|localdomain|internal|intranet|lan|corp|home\.arpa)$/;

/** Whether keys must not be fetched from there: no https URL, credentials in it, an IP address or a private host. */
export function isInsecureUrl(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol !== 'https:' || isOddUrl(url) || PRIVATE_NAME.test(hostname.replace(/\.$/, ''));
}

/** Whether there are credentials in a URL, or an IP address for a host: no set has its home there. */
export function isOddUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, hostname } = new URL(url);
  // The parser has turned every way of writing an IPv4 address into four numbers.
  return username + password !== '' || /^\[|^\d+(\.\d+){3}\.?$/.test(hostname);
}
