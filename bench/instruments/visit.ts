import { examplePassword } from '../../src/platform/identity/example-accounts.ts';

/** Signs in as people do, by the form. @returns the cookie of the session */
export async function signInAs(address: string, email: string): Promise<string> {
  const answer = await fetch(`${address}/sign-in`, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams({ email, password: examplePassword }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Sign-in answered ${answer.status}.`);
  return cookie;
}
