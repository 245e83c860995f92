import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Makes text unreadable and unchangeable without the secret key. `context` is needed to open it again, and is not kept with it. */
export interface Seal {
  seal(text: string, context: string): Uint8Array;
  /** @throws Error when it was sealed with another key or context, or changed. */
  open(sealed: Uint8Array, context: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param purpose Sealed things of one purpose are of no use for another. */
export function createSeal(secretKey: string, purpose: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secretKey, '', purpose, 32));
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
      const encrypted = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...encrypted]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const encryptedFrom = NONCE_BYTES + TAG_BYTES;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, encryptedFrom));
      return Buffer.concat([decipher.update(bytes.subarray(encryptedFrom)), decipher.final()]).toString('utf8');
    },
  };
}
