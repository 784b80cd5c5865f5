import { Validator, type Schema } from '@cfworker/json-schema';

/**
 * What 1EdTech's JSON Schema of Open Badges 3.0 (AchievementCredential,
 * https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json, draft 2019-09) asks of a credential, without its
 * explanations and without endorsements, which the portal has none of. Its terms do not let the file itself stand here; the constraints are
 * its own, read from it on 24/11/2026.
 */
const text: Schema = { type: 'string' };
const moment: Schema = { type: 'string', format: 'date-time' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const typed = (...names: string[]): Schema => ({ type: 'array', minItems: 1, contains: { enum: names }, items: text });
const open = (required: string[], properties: Record<string, Schema>): Schema => ({
  type: 'object',
  required,
  properties,
  additionalProperties: true,
});
const shut = (required: string[], properties: Record<string, Schema>): Schema => ({
  ...open(required, properties),
  additionalProperties: false,
});
const extensible = (...known: string[]): Schema => ({
  oneOf: [
    { type: 'string', enum: known },
    { type: 'string', pattern: '(ext:)[a-z|A-Z|0-9|.|-|_]+' },
  ],
});
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const identifiers = extensible(
  'name',
  'sourcedId',
  'systemId',
  'productId',
  'userName',
  'accountId',
  'emailAddress',
  'nationalIdentityNumber',
  'isbn',
  'issn',
  'lisSourcedId',
  'oneRosterSourcedId',
  'sisSourcedId',
  'ltiContextId',
  'ltiDeploymentId',
  'ltiToolId',
  'ltiPlatformId',
  'ltiUserId',
  'identifier',
);
const achievementTypes = extensible(
  ...'Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree Certificate'.split(
    ' ',
  ),
  ...'CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree Diploma'.split(' '),
  ...'DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License'.split(' '),
  ...'Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree'.split(' '),
  ...'MicroCredential ResearchDoctorate SecondarySchoolDiploma'.split(' '),
);

const schema: Schema = {
  $schema: 'https://json-schema.org/draft/2019-09/schema',
  ...open(['@context', 'id', 'type', 'credentialSubject', 'issuer', 'validFrom'], {
    '@context': {
      type: 'array',
      minItems: 2,
      items: [
        { enum: ['https://www.w3.org/ns/credentials/v2'] },
        {
          type: 'string',
          pattern: String.raw`^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$`,
        },
      ],
      additionalItems: { oneOf: [text, { type: 'object' }] },
    },
    id: text,
    type: { allOf: [typed('VerifiableCredential'), typed('AchievementCredential', 'OpenBadgeCredential')] },
    name: text,
    description: text,
    image: ref('Image'),
    awardedDate: moment,
    credentialSubject: ref('AchievementSubject'),
    evidence: list(open(['type'], { id: text, type: typed('Evidence'), narrative: text, name: text })),
    issuer: { oneOf: [text, ref('Profile')] },
    validFrom: moment,
    validUntil: moment,
    proof: list(
      open(['type'], {
        type: text,
        created: moment,
        cryptosuite: text,
        challenge: text,
        domain: text,
        nonce: text,
        proofPurpose: text,
        proofValue: text,
        verificationMethod: text,
      }),
    ),
    credentialSchema: list(open(['id', 'type'], { id: text, type: text })),
    credentialStatus: open(['id', 'type'], { id: text, type: text }),
    refreshService: open(['id', 'type'], { id: text, type: text }),
    termsOfUse: list(open(['type'], { id: text, type: text })),
  }),
  $defs: {
    AchievementSubject: open(['type', 'achievement'], {
      id: text,
      type: typed('AchievementSubject'),
      activityEndDate: moment,
      activityStartDate: moment,
      creditsEarned: { type: 'number' },
      achievement: ref('Achievement'),
      identifier: list(
        shut(['type', 'hashed', 'identityHash', 'identityType'], {
          type: { type: 'string', enum: ['IdentityObject'] },
          hashed: { type: 'boolean' },
          identityHash: text,
          identityType: identifiers,
          salt: text,
        }),
      ),
      image: ref('Image'),
      licenseNumber: text,
      narrative: text,
      result: list(open(['type'], { type: typed('Result'), status: text, value: text })),
      role: text,
      source: ref('Profile'),
      term: text,
    }),
    Achievement: open(['id', 'type', 'criteria', 'description', 'name'], {
      id: text,
      type: typed('Achievement'),
      alignment: list(
        open(['type', 'targetName', 'targetUrl'], { type: typed('Alignment'), targetName: text, targetUrl: text }),
      ),
      achievementType: achievementTypes,
      creator: ref('Profile'),
      creditsAvailable: { type: 'number' },
      criteria: open([], { id: text, narrative: text }),
      description: text,
      fieldOfStudy: text,
      humanCode: text,
      image: ref('Image'),
      inLanguage: { type: 'string', pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' },
      name: text,
      otherIdentifier: list(ref('IdentifierEntry')),
      specialization: text,
      tag: list(text),
      version: text,
    }),
    Image: shut(['id', 'type'], { id: text, type: { type: 'string', enum: ['Image'] }, caption: text }),
    IdentifierEntry: shut(['type', 'identifier', 'identifierType'], {
      type: { type: 'string', enum: ['IdentifierEntry'] },
      identifier: text,
      identifierType: identifiers,
    }),
    Profile: open(['id', 'type'], {
      id: text,
      type: typed('Profile'),
      name: text,
      url: text,
      phone: text,
      description: text,
      image: ref('Image'),
      email: text,
      otherIdentifier: list(ref('IdentifierEntry')),
      official: text,
    }),
  },
};

const validator = new Validator(schema, '2019-09', false);

/** What of a credential does not fit, each with where it stands. */
export const schemaProblems = (credential: unknown): string[] =>
  validator
    .validate(JSON.parse(JSON.stringify(credential)))
    .errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);
