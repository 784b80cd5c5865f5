import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, type KeyObject } from 'node:crypto';

/** How many bits a list of revocations holds: the least the standard allows, so that nobody is told by its size. */
export const listSize = 131_072;

interface SigningKey {
  readonly id: string;
  /** 32 bytes, base64url. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** PKCS#8 around the 32 bytes of an Ed25519 private key (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key that signs: it follows from AUTH_SECRET (HKDF, RFC 5869) and is stored nowhere. Another secret is another key; what was signed
 * before stays good, by the public keys kept in `signing_key`.
 */
export function signingKey(secret = process.env.AUTH_SECRET ?? ''): SigningKey {
  if (secret.length < 32) throw new Error('AUTH_SECRET is missing or shorter than 32 characters');
  const seed = Buffer.from(hkdfSync('sha256', secret, 'cam-tay', 'certificate signing key, 1', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const { x: publicKey = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { id: keyId(publicKey), publicKey, privateKey };
}

/** A key is named by its own fingerprint. */
const keyId = (publicKey: string) =>
  `k${createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16)}`;

export const signWith = (key: SigningKey, content: Buffer): Buffer => sign(null, content, key.privateKey);

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes in base58 as Multibase writes them, `z` first. */
export function multibase(bytes: Buffer): string {
  let left = BigInt(`0x${bytes.toString('hex') || '0'}`);
  let written = '';
  for (; left > 0n; left /= 58n) written = `${alphabet[Number(left % 58n)]}${written}`;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return `z${'1'.repeat(zeros < 0 ? bytes.length : zeros)}${written}`;
}

/** A public key as did:web publishes it (Multikey of Ed25519: 0xed 0x01 before it). */
export const multikey = (publicKey: string) =>
  multibase(Buffer.concat([Buffer.from([0xed, 0x01]), Buffer.from(publicKey, 'base64url')]));

/** The name of somebody as a badge carries it: a digest, told apart by a salt of its own; whoever knows the name can check it. */
export const nameDigest = (fullName: string, salt: string) =>
  createHash('sha256')
    .update(`${fullName.normalize('NFC')}${salt}`)
    .digest('hex');
