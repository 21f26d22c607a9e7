import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CodedError } from '../../errors.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** OWASP's parameters for scrypt (Password Storage Cheat Sheet): N = 2^17, r = 8, p = 1. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const LENGTH = 32;
const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;
/** Derivations at a time: each takes half a second of a core and 128 MB. */
const AT_A_TIME = 2;
let running = 0;

/** @throws MF_ERR_TOO_MANY_REQUESTS while others are at it: a queue of sign-ins would hold up everybody */
async function deriveBounded(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  if (running >= AT_A_TIME) {
    throw new CodedError('MF_ERR_TOO_MANY_REQUESTS', 'Others are just signing in. Try again in a moment.', {
      retryAfter: 1,
    });
  }
  running += 1;
  try {
    return await derive(password.normalize('NFKC'), salt, LENGTH, cost);
  } finally {
    running -= 1;
  }
}

/** @throws MF_ERR_VALIDATION for one that is too short or too long · MF_ERR_TOO_MANY_REQUESTS */
export async function hashNewPassword(password: string): Promise<string> {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH)
    throw new CodedError('MF_ERR_VALIDATION', `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
  return hashPassword(password);
}

/** `scrypt$N$r$p$salt$hash`, both base64url. */
async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await deriveBounded(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Takes as long for an unknown user (no stored hash) as for a known one. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, n, r, p, salt, hash] = (stored ?? DUMMY).split('$');
  const cost = { N: Number(n), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const expected = Buffer.from(hash ?? '', 'base64url');
  const actual = await deriveBounded(password, Buffer.from(salt ?? '', 'base64url'), cost);
  return stored !== undefined && expected.length === actual.length && timingSafeEqual(expected, actual);
}

const DUMMY = ['scrypt', COST.N, COST.r, COST.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');
