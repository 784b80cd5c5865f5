import { randomUUID } from 'node:crypto';
import type { Capability } from '../../../db/capabilities';
import { inDays, type ActionRow } from './action-row';
import { awayRows } from './away-posts';
import { certificateRows } from './certificate-posts';
import { courseRows } from './course-posts';
import { myRows } from './my-posts';
import { planRows } from './plan-posts';
import { signUpRows } from './sign-up-posts';
import { reportRows } from './report-posts';
import { helperCardRows } from './helper-card-posts';
import { dutyRows } from './duty-posts';
import { teamRows } from './team-posts';
import type { Named } from './matrix';
import { declaredRows } from './declared-posts';
import { deskRows } from './desk-posts';
import { metRows } from './visit-met-posts';
import { visitRows } from './visit-posts';
import { listRows } from './list-posts';
import { mapRows } from './map-posts';
import { modelRows } from './model-posts';
import { messageRows } from './message-posts';
import { taskRows } from './task-posts';
import { peopleRows } from './people-posts';
import type { Fields, SentFile } from './portal';

/** Every server action, and who may post it. One without a row fails the suite. */
export const actionRows: Record<string, ActionRow> = {
  ...myRows,
  ...signUpRows,
  ...listRows,
  ...declaredRows,
  ...mapRows,
  ...peopleRows,
  ...messageRows,
  ...taskRows,
  ...courseRows,
  ...certificateRows,
  ...planRows,
  ...teamRows,
  ...helperCardRows,
  ...dutyRows,
  ...deskRows,
  ...awayRows,
  ...modelRows,
  ...visitRows,
  ...metRows,
  ...reportRows,
  '/sign-in#signIn': {
    may: 'public',
    page: () => '/sign-in',
    fields: () => ({ name: 'admin', password: 'x', next: '' }),
    skip: 'signs everybody in before the suite begins',
  },
  '/account#leave': {
    may: 'public',
    page: () => '/sign-in',
    fields: () => ({}),
    skip: 'signs out; the sign-in suite does that',
  },
  '/account#endDevice': { may: 'signedIn', page: () => '/account', fields: ({ deviceId }) => ({ device: deviceId }) },
  // Names nothing: it is the sender's own, wherever they are. Only who is of a team has it.
  '/account#chooseHow': {
    may: 'signedIn',
    page: () => '/account',
    fields: () => ({ zalo: 'on', sms: '', email: '', noCalls: '' }),
    acrossUnits: true,
    works: { as: 'daisu.dongthuan' },
  },
  '/account#changePassword': {
    may: 'signedIn',
    page: () => '/account',
    fields: () => ({ currentPassword: 'not this one', newPassword: 'a sentence to remember' }),
  },
  '/ask#ask': {
    may: 'public',
    page: ({ villageId }) => `/ask?area=${villageId}`,
    fields: ({ villageId }) => ({
      area: villageId,
      skill: 'A1',
      wish: '',
      people: 2,
      fullName: '',
      phone: '',
      consentVersion: 1,
      formKey: randomUUID(),
    }),
    acrossUnits: true,
    works: { as: 'lanhdao.tinh' },
  },
  '/manage/classes/[id]#publish': {
    may: 'class.write',
    page: ({ draftId }) => `/manage/classes/${draftId}`,
    fields: ({ draftId }) => ({ classId: draftId }),
  },
  '/manage/classes/[id]#change': {
    may: 'class.write',
    page: ({ classId }) => `/manage/classes/${classId}/edit`,
    fields: ({ classId, venueId, teamId }) => ({
      classId,
      venueId,
      teamId,
      capacity: 100,
      minimumToRun: 2,
      language: 'vi',
      note: '',
      hotline: '',
    }),
  },
  '/manage/classes/[id]#cancelWhole': {
    may: 'class.write',
    page: ({ classId }) => `/manage/classes/${classId}/cancel`,
    fields: ({ classId }) => ({ classId, reason: 'Bão' }),
  },
  '/manage/classes/[id]#cancelOne': {
    may: 'class.write',
    page: ({ classId, futureSessionId }) => `/manage/classes/${classId}/cancel?session=${futureSessionId}`,
    fields: ({ futureSessionId }) => ({ sessionId: futureSessionId, reason: 'Bão' }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/classes/[id]#restoreOne': {
    may: 'class.write',
    page: ({ classId }) => `/manage/classes/${classId}`,
    fields: ({ futureSessionId }) => ({ sessionId: futureSessionId }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/classes/[id]#leaveForThem': {
    may: 'enrolment.write',
    page: ({ placeClassId, enrolmentId }) => `/manage/classes/${placeClassId}/places/${enrolmentId}`,
    fields: ({ placeClassId, enrolmentId }) => ({ classId: placeClassId, enrolmentId, reason: 'Bận việc nhà' }),
    works: { as: 'daisu.dongthuan' },
  },
  '/manage/classes/[id]#answerForThem': place(({ enrolmentId }) => ({
    enrolmentId,
    answer: 'accept',
  })),
  '/manage/classes/[id]#takeBeyond': place(({ enrolmentId }) => ({
    enrolmentId,
    reason: 'Ở xa',
  })),
  '/manage/classes/[id]#moveThem': place(({ enrolmentId, classId }) => ({
    enrolmentId,
    toClassId: classId,
    formKey: randomUUID(),
  })),
  '/manage/classes/[id]#noteTheirNeed': place(({ placeClassId, enrolmentId }) => ({
    classId: placeClassId,
    enrolmentId,
    consent: 'on',
    consentVersion: 1,
  })),
  '/manage/demand#settle': {
    may: 'class.write',
    page: ({ demandPage }) => demandPage,
    fields: ({ demandId }) => ({ ids: demandId, outcome: 'referred', classId: '', note: 'Mời sang thôn bên' }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/classes/[id]#keepRecording': {
    may: 'class.write',
    page: ({ classId }) => `/manage/classes/${classId}`,
    fields: ({ classId }) => ({ classId, language: 'pako', recording: sound('pako') }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/classes/[id]#dropRecording': {
    may: 'class.write',
    page: ({ classId }) => `/manage/classes/${classId}`,
    fields: ({ classId }) => ({ classId, language: 'vi' }),
    works: {
      as: 'tochuc.minhhoa',
      // Of another class: the first one's is listened to further on.
      fields: async ({ unit, classId }, sql) => {
        const [row] = await sql<{ classId: string; language: string }[]>`
          select class_id, language from class_recording where class_id <> ${classId}
            and area_id in (select area_id from area_tree where ancestor_id = ${unit}) order by class_id limit 1`;
        return { classId: row?.classId ?? '', language: row?.language ?? '' };
      },
    },
  },
  '/manage/sessions/[id]#saveRegister': {
    may: 'register.write',
    page: ({ sessionId }) => `/manage/sessions/${sessionId}`,
    fields: ({ sessionId }) => ({ sessionId, act: 'start' }),
    works: { as: 'daisu.minhhoa' },
  },
  '/manage/sessions/[id]#addWalkIn': {
    may: 'register.write',
    page: ({ sessionId }) => `/manage/sessions/${sessionId}`,
    fields: ({ sessionId, villageId }) => ({
      sessionId,
      personId: randomUUID(),
      fullName: 'Trần Thị Thử',
      birthYear: 1950,
      areaId: villageId,
      phone: '',
      consent: 'oral',
    }),
    works: { as: 'daisu.minhhoa' },
  },
  '/manage/sessions/[id]#makeSheet': {
    may: 'register.write',
    page: ({ sessionId }) => `/manage/sessions/${sessionId}`,
    fields: ({ sessionId }) => ({ sessionId }),
    works: { as: 'daisu.minhhoa' },
  },
  '/manage/sessions/[id]#savePaper': {
    may: 'register.write',
    page: ({ sheetSessionId, sheetCode }) => `/manage/sessions/${sheetSessionId}/entry?sheet=${sheetCode}&said=`,
    fields: ({ sheetSessionId, sheetCode }) => ({ sessionId: sheetSessionId, sheet: sheetCode, said: '', seen: '' }),
    works: { as: 'daisu.minhhoa' },
  },
  '/admin/accounts#findAccount': {
    may: 'account.manage',
    page: () => '/admin/accounts',
    fields: () => ({ name: 'demo' }),
    harmless: true,
  },
  '/admin/accounts#createAccount': {
    may: 'account.manage',
    page: () => '/admin/accounts/new',
    fields: ({ unit }) => ({
      username: `thu.${unit}.${randomUUID().slice(0, 8)}`,
      fullName: 'Người thử',
      phone: '',
      area: unit,
      role: 'helper',
      newPassword: 'một câu để nhớ',
    }),
    works: { as: 'admin' },
  },
  '/admin/accounts#disableAccount': account('account.manage'),
  '/admin/accounts#enableAccount': account('account.manage'),
  '/admin/accounts#resetPassword': account('account.manage', () => ({ newPassword: 'một câu để nhớ' })),
  '/admin/accounts#addGrant': account('account.manage', ({ unit }) => ({
    role: 'desk_officer',
    area: unit,
    from: inDays(0),
    until: inDays(1),
  })),
  '/admin/accounts#endGrant': account('account.manage', ({ grantId }) => ({ grant: grantId })),
  '/admin/areas#addArea': {
    may: 'area.manage',
    page: ({ unit }) => `/admin/areas/${unit}`,
    fields: ({ unit }) => ({ parent: unit, kind: 'village', name: 'Thôn Thử', from: inDays(0) }),
    works: { as: 'admin' },
  },
  '/admin/areas#renameArea': {
    may: 'area.manage',
    page: ({ villageId }) => `/admin/areas/${villageId}`,
    fields: ({ villageId }) => ({ area: villageId, name: 'Thôn Tên Mới', from: inDays(0) }),
  },
  '/admin/areas#closeArea': {
    may: 'area.manage',
    page: ({ villageId }) => `/admin/areas/${villageId}`,
    fields: ({ villageId }) => ({ area: villageId, from: inDays(0) }),
  },
  '/admin/areas/terrain#say': {
    may: 'area.manage',
    page: () => '/admin/areas/terrain',
    fields: () => ({ terrain18901: 'upland', was18901: '' }),
    acrossUnits: true, // said for the whole province at once
    works: { as: 'admin' },
  },
  '/admin/skills#reviseSkill': {
    may: 'skill.manage',
    page: () => '/admin/skills/A1',
    fields: () => ({
      skill: 'A1',
      version: 1,
      titleVi: 'Tên mới',
      titleEn: 'New name',
      canDoVi: 'Làm được',
      canDoEn: 'Can do it',
      evidenceVi: 'Làm trước mặt',
      level: 1,
      core: 'on',
    }),
  },
};

/** A file that is a sound by its first bytes, and another one for each name. */
export const sound = (name: string): SentFile => ({
  name: `${name}.wav`,
  mimeType: 'audio/wav',
  buffer: Buffer.from(`RIFF${'\0'.repeat(4)}WAVEfmt ${name}`, 'latin1'),
});

function account(may: Capability, more: (named: Named) => Fields = () => ({})): ActionRow {
  return {
    may,
    page: ({ accountId }) => `/admin/accounts/${accountId}`,
    fields: (named) => ({ account: named.accountId, ...more(named) }),
  };
}

/** An act on one person's place in a class. */
function place(fields: ActionRow['fields']): ActionRow {
  return {
    may: 'enrolment.write',
    page: ({ placeClassId, enrolmentId }) => `/manage/classes/${placeClassId}/places/${enrolmentId}`,
    fields,
  };
}
