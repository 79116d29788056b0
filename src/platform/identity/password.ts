import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane.
const memoryKib = 19_456;
const passes = 2;
const parallelism = 1;
const tagBytes = 32;

/** Hashes a password. Gives a PHC string, which names its own parameters: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string, nonce: Buffer = randomBytes(16)): Promise<string> {
  const tag = await derive('argon2id', {
    message: normal(password),
    nonce,
    parallelism,
    tagLength: tagBytes,
    memory: memoryKib,
    passes,
  });
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether the password is the one that was hashed. Takes as long when there is no such account (`phc` undefined). */
export async function isPassword(password: string, phc: string | undefined): Promise<boolean> {
  const read = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc ?? '');
  const [, m, t, p, salt, hash] = read ?? [];
  const tag = await derive('argon2id', {
    message: normal(password),
    nonce: salt === undefined ? Buffer.alloc(16) : Buffer.from(salt, 'base64'),
    parallelism: Number(p ?? parallelism),
    tagLength: tagBytes,
    memory: Number(m ?? memoryKib),
    passes: Number(t ?? passes),
  });
  if (hash === undefined) return false;
  const right = Buffer.from(hash, 'base64');
  return right.length === tag.length && timingSafeEqual(right, tag);
}

/** The same password typed on two keyboards can be two spellings of Unicode. */
const normal = (password: string): string => password.normalize('NFKC');
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
