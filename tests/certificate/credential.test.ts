import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import fc from 'fast-check';
import { compactVerify, importJWK, jwtVerify } from 'jose';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  asJwt,
  canonical,
  credential,
  issuerDocument,
  issuerId,
  keyDocument,
  proved,
  statusList,
} from '../../lib/certificate/credential';
import { nameDigest, signingKey } from '../../lib/certificate/keys';
import { schemaProblems } from './open-badge-schema';

const origin = 'https://camtay.example:8443';
const issuedAt = new Date('2026-11-24T03:04:05.678Z');
const salt = '00112233445566778899aabb';
const facts = {
  serial: 'ACDEFGHJKX',
  statusIndex: 70_007,
  nameSalt: salt,
  nameDigest: nameDigest('Nguyễn Thị Hoà', salt),
  issuedAt,
  learntFrom: new Date('2026-10-01T12:30:00Z'),
  learntTo: new Date('2026-11-01T14:00:00Z'),
  achievement: {
    courseId: '0193b7d6-0000-7000-8000-000000000001',
    version: 2,
    title: 'Dùng điện thoại: "mã" & ứng dụng',
    summary: 'Tập làm quen.\u2028Đi chậm, chắc.',
    lessons: 6,
    lessonsRequired: 5,
    skills: ['Gọi điện thoại', 'Mở VNeID'],
  },
};
const secret = 'only-for-tests-only-for-tests-only-for-tests';
const key = signingKey(secret);
const unsigned = credential(origin, facts);
const signed = proved(origin, unsigned, issuedAt, secret);
const jwt = asJwt(origin, unsigned, issuedAt, secret);

/** Answers only from what the portal publishes: the issuer's document, and one key of it by its own name. */
const published = z.looseObject({
  id: z.string(),
  verificationMethod: z.array(z.looseObject({ id: z.string(), publicKeyMultibase: z.string() })),
});
function loaderOf(keys: readonly { id: string; publicKey: string }[]) {
  const issuer = published.parse(issuerDocument(origin, keys));
  return async (documentUrl: string) => {
    const method = issuer.verificationMethod.find(({ id }) => id === documentUrl);
    if (documentUrl !== issuer.id && !method) throw new Error(`not published: ${documentUrl}`);
    const document = method ? { '@context': 'https://w3id.org/security/multikey/v1', ...method } : issuer;
    return { contextUrl: null, documentUrl, document };
  };
}

const subject = z.object({
  credentialSubject: z.object({ encodedList: z.string().startsWith('u') }),
});
/** Looks into a published list as any verifier does (W3C Bitstring Status List). */
function bitIn(list: unknown, place: number): boolean {
  const { encodedList } = subject.parse(list).credentialSubject;
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  return ((bits[place >> 3] ?? 0) & (0x80 >> (place & 7))) !== 0;
}

const verify = (
  document: unknown,
  { keys = [key], revoked = [] }: { keys?: (typeof key)[]; revoked?: number[] } = {},
) =>
  verifyCredential({
    credential: document,
    suite: new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
    documentLoader: loaderOf(keys),
    checkStatus: async ({ credential: checked }) => {
      const { credentialStatus } = z
        .object({ credentialStatus: z.object({ statusListIndex: z.string(), statusListCredential: z.string() }) })
        .parse(checked);
      const list = statusList(origin, 0, revoked, issuedAt);
      expect(credentialStatus.statusListCredential).toBe(list.id);
      return { verified: !bitIn(list, Number(credentialStatus.statusListIndex)) };
    },
  });

test('fits the 1EdTech schema, signed or not, and would not without any of what it asks for', () => {
  expect(schemaProblems(unsigned)).toEqual([]);
  expect(schemaProblems(signed)).toEqual([]);
  for (const name of ['@context', 'id', 'type', 'credentialSubject', 'issuer', 'validFrom'])
    expect(schemaProblems({ ...signed, [name]: undefined }), name).not.toEqual([]);
  expect(schemaProblems({ ...signed, validFrom: 'yesterday' })).not.toEqual([]);
  expect(schemaProblems({ ...signed, proof: {} })).not.toEqual([]);
});

test('an independent library verifies the document, by what the portal publishes alone', async () => {
  const outcome = await verify(signed);
  expect(outcome.error).toBeUndefined();
  expect(outcome.verified).toBe(true);
});

test('it does not once it was revoked, nor with a key that is not published', async () => {
  expect((await verify(signed, { revoked: [facts.statusIndex] })).verified).toBe(false);
  expect((await verify(signed, { revoked: [facts.statusIndex - 1, facts.statusIndex + 1] })).verified).toBe(true);
  const other = signingKey(`another ${secret}`);
  expect((await verify(signed, { keys: [other] })).verified).toBe(false);
  expect((await verify(signed, { keys: [other, key] })).verified, 'old keys stay published').toBe(true);
});

test('jose verifies the JWT, which carries the same credential, with the key at the address it names', async () => {
  const jwk = await importJWK({ ...keyDocument(key), kty: 'OKP' }, 'EdDSA');
  const { payload, protectedHeader } = await jwtVerify(jwt, jwk, { issuer: issuerId(origin) });
  expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: `${origin}/api/v1/issuer/keys/${key.id}` });
  expect(payload).toMatchObject({ jti: unsigned.id, nbf: Math.floor(issuedAt.getTime() / 1000) });
  const { iss: _iss, jti: _jti, nbf: _nbf, ...carried } = payload;
  expect(carried).toEqual(JSON.parse(JSON.stringify(unsigned)));
  expect(schemaProblems(payload)).toEqual([]);
});

test('property: whatever single byte of the file is changed, it does not verify any more, or says the same', async () => {
  const file = Buffer.from(JSON.stringify(signed));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
      let document: unknown;
      try {
        document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(changed));
      } catch {
        return;
      }
      const says = JSON.stringify(document);
      if (says === file.toString()) return;
      expect((await verify(document)).verified, changed.toString()).toBe(false);
    }),
    { numRuns: 400, verbose: 1 },
  );
});

test('every byte of the JWT: changed, it does not verify any more', async () => {
  const jwk = await importJWK({ ...keyDocument(key), kty: 'OKP' }, 'EdDSA');
  const wrong: number[] = [];
  for (let at = 0; at < jwt.length; at += 1) {
    const other = jwt[at] === 'A' ? 'B' : 'A';
    const changed = jwt.slice(0, at) + other + jwt.slice(at + 1);
    // The last sign of a part may hold bits that say nothing.
    const same = changed
      .split('.')
      .every((part, nth) => Buffer.from(part, 'base64url').equals(Buffer.from(jwt.split('.')[nth] ?? '', 'base64url')));
    const passed = await compactVerify(changed, jwk).then(
      () => true,
      () => false,
    );
    if (passed && !same) wrong.push(at);
  }
  expect(wrong).toEqual([]);
});

test('holds neither the name nor where somebody lives, yet whoever knows the name can check it', () => {
  const file =
    JSON.stringify(signed) +
    jwt
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join();
  for (const word of ['Nguyễn', 'Hoà', 'Hòa', 'Thôn']) expect(file).not.toContain(word);
  expect(file).toContain(nameDigest('Nguyễn Thị Hoà'.normalize('NFD'), salt));
  expect(file).not.toContain(nameDigest('Nguyễn Thị Hoa', salt));
});

test('the same facts make the same file; the keys of two secrets differ; no private key leaves', () => {
  expect(proved(origin, credential(origin, facts), issuedAt, secret)).toEqual(signed);
  expect(signingKey(secret).id).toBe(key.id);
  expect(signingKey(`${secret}.`).publicKey).not.toBe(key.publicKey);
  expect(JSON.stringify([issuerDocument(origin, [key]), keyDocument(key)])).not.toContain('"d"');
  expect(() => signingKey('short')).toThrow();
});

test('the issuer’s address is resolved by did:web, port and all', () => {
  expect(issuerId(origin)).toBe('did:web:camtay.example%3A8443');
  expect(issuerId('http://localhost')).toBe('did:web:localhost');
});

test('JSON is canonical: names in order, nothing undefined, the same whatever order it came in', () => {
  expect(canonical({ b: [1, true, 'é\u2028'], a: undefined, A: { d: 1, c: '"' } })).toBe(
    '{"A":{"c":"\\"","d":1},"b":[1,true,"é\u2028"]}',
  );
});
