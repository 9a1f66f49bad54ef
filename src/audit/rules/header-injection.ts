// Combinations of characters that no identifier needs. A single / : # ' or * proves nothing: key ids of Azure, SPIFFE
// and DIDs have them.

/** None takes longer than in proportion to the text: no run of characters is tried from each of its members. */
const INJECTIONS: readonly RegExp[] = [
  // Paths, and the byte that ends a name in C.
  /\0|%00|(^|[\\/])\.\.([\\/]|$)|%2e%2e(%2f|%5c|\/)|^\/(etc|dev|proc|sys|var|tmp)\/|^file:/i,
  // SQL.
  /['"]\s*(;|--|\/\*|\|\||(or|and|union|having)\b)|\bunion\s+(all\s+)?select\b|;\s*(drop|delete|insert|update|select|exec|alter)\b/i,
  // Shells, and lookups of log libraries.
  /\$\(|`[^`]+`|\$\{[^}]{0,99}:|&&|\|\||[;|]\s*(cat|sh|bash|curl|wget|nc|sleep|ping|id|whoami|rm|touch)\b/i,
  // LDAP filters.
  /\*\)|\)\s*\(\s*[|&!]/,
];

/** Whether a key id is made to be read as a path, as SQL, as a command or as an LDAP filter. */
export function isInjection(kid: string): boolean {
  return INJECTIONS.some((pattern) => pattern.test(kid));
}
