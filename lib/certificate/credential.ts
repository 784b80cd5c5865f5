import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { listSize, multibase, multikey, signingKey, signWith } from './keys';
import type { AchievementFacts, CredentialFacts } from './schema';

/**
 * Certificates as programs read them: Open Badges 3.0 (1EdTech) on the W3C data model 2.0, signed with Ed25519 in two forms, as a JSON
 * document with a Data Integrity proof (`eddsa-jcs-2022`) and as a VC-JWT. Nothing here reads the database.
 */
type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json | undefined };
type Document = { readonly [name: string]: Json | undefined };

/** JSON in the one way it can be written (RFC 8785); numbers here are whole. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter((member): member is [string, Json] => member[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

const hash = (value: Json) => createHash('sha256').update(canonical(value)).digest();
const moment = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');

const credentialsV2 = 'https://www.w3.org/ns/credentials/v2';
const openBadges = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** The portal as an issuer: did:web, which is resolved at `/.well-known/did.json`. */
export const issuerId = (origin: string) => `did:web:${encodeURIComponent(new URL(origin).host)}`;

const issuerName = 'Bình dân học vụ số tỉnh Quảng Trị';

/** The document did:web leads to: every key whose signatures still count. */
export function issuerDocument(origin: string, keys: readonly { id: string; publicKey: string }[]): Document {
  const id = issuerId(origin);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: keys.map((key) => ({
      id: `${id}#${key.id}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: multikey(key.publicKey),
    })),
    assertionMethod: keys.map((key) => `${id}#${key.id}`),
  };
}

/** One key as a JWK, for whoever checks a VC-JWT. */
export const keyDocument = ({ id, publicKey }: { id: string; publicKey: string }): Document => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: publicKey,
  kid: id,
  alg: 'EdDSA',
  use: 'sig',
});

/** What is certified: one version of a course. */
export function achievement(origin: string, facts: AchievementFacts): Document {
  const { lessons, lessonsRequired, skills } = facts;
  const alone = skills.length > 0 ? ` Tự làm được, có người khác xem lại: ${skills.join('; ')}.` : '';
  return {
    id: `${origin}/api/v1/achievements/${facts.courseId}`,
    type: ['Achievement'],
    achievementType: 'CertificateOfCompletion',
    name: facts.title,
    description: facts.summary,
    inLanguage: 'vi',
    version: String(facts.version),
    criteria: { narrative: `Đã học ${lessonsRequired ?? lessons} trong ${lessons} bài.${alone}` },
  };
}

/** The credential of one certificate, not signed yet. */
export function credential(origin: string, facts: CredentialFacts): Document {
  const { serial, statusIndex, nameSalt, nameDigest } = facts;
  const list = `${origin}/api/v1/certificates/status/${Math.floor(statusIndex / listSize)}`;
  const index = String(statusIndex % listSize);
  return {
    '@context': [credentialsV2, openBadges],
    id: `${origin}/certificates/${serial}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: facts.achievement.title,
    issuer: { id: issuerId(origin), type: ['Profile'], name: issuerName, url: origin },
    validFrom: moment(facts.issuedAt),
    awardedDate: moment(facts.issuedAt),
    credentialSubject: {
      type: ['AchievementSubject'],
      ...(nameDigest && nameSalt
        ? {
            identifier: [
              {
                type: 'IdentityObject',
                hashed: true,
                identityHash: `sha256$${nameDigest}`,
                identityType: 'name',
                salt: nameSalt,
              },
            ],
          }
        : {}),
      activityStartDate: moment(facts.learntFrom),
      activityEndDate: moment(facts.learntTo),
      achievement: achievement(origin, facts.achievement),
    },
    credentialStatus: {
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: index,
      statusListCredential: list,
    },
  };
}

/** The published list in which the bit of every revoked certificate is set. `revoked` are places in this list. */
export function statusList(origin: string, list: number, revoked: readonly number[], at: Date): Document {
  const bits = Buffer.alloc(listSize / 8);
  for (const place of revoked) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
  const id = `${origin}/api/v1/certificates/status/${list}`;
  return {
    '@context': [credentialsV2],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuerId(origin),
    validFrom: moment(at),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(bits).toString('base64url')}`,
    },
  };
}

/** The document with its proof (Data Integrity, cryptosuite eddsa-jcs-2022). The same document at the same moment has the same proof. */
export function proved(origin: string, document: Document, at: Date, secret?: string): Document {
  const key = signingKey(secret);
  const proof = {
    '@context': document['@context'],
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: moment(at),
    verificationMethod: `${issuerId(origin)}#${key.id}`,
    proofPurpose: 'assertionMethod',
  };
  const proofValue = multibase(signWith(key, Buffer.concat([hash(proof), hash(document)])));
  return { ...document, proof: [{ ...proof, proofValue }] };
}

/** The credential as a compact VC-JWT (Open Badges 3.0, 8.2): its members stand in the payload as they are. */
export function asJwt(origin: string, document: Document, at: Date, secret?: string): string {
  const key = signingKey(secret);
  const part = (content: Document) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const header = { alg: 'EdDSA', typ: 'JWT', kid: `${origin}/api/v1/issuer/keys/${key.id}` };
  const claims = {
    iss: issuerId(origin),
    jti: document.id,
    nbf: Math.floor(at.getTime() / 1000),
  };
  const signed = `${part(header)}.${part({ ...document, ...claims })}`;
  return `${signed}.${signWith(key, Buffer.from(signed)).toString('base64url')}`;
}
