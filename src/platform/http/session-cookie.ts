/** The one cookie that Concord sets: who signed in. Its name under TLS lets no other host set it (RFC 6265bis section 4.1.3). */
export function sessionCookie(origin: string): { readonly name: string; readonly isSecure: boolean } {
  const isSecure = origin.startsWith('https:');
  return { name: isSecure ? '__Host-concord' : 'concord-session', isSecure };
}
