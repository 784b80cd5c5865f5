import type { APIRequestContext, APIResponse } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { fingerprint, forgetAttempts, wrote } from '../../support/server';
import { accepted } from './accepted';
import type { Leave } from './leave';
import { askedAgain, refusedElsewhere } from './refused';
import { addressIn, bad, badNames, forHidden, sixAtOnce, languages, script, type BadName, type Language } from './bad';
import type { PostedAction } from './discovery';
import type { FormCase } from './form-cases';
import { all, around, pageOf, refusalOn, visibleControls, type Element } from './html';
import { formOf, type Fields } from './portal';

const sentences = Object.fromEntries(
  languages.map((language) => {
    const file = path.resolve(import.meta.dirname, `../../../messages/${language}/errors.json`);
    return [language, z.record(z.string(), z.string()).parse(JSON.parse(fs.readFileSync(file, 'utf8')))];
  }),
);
const sayings = new Map(
  languages.map((language) => [
    language,
    new Map(Object.entries(sentences[language] ?? {}).map(([key, words]) => [words, key])),
  ]),
);

/** What is wrong with words shown as a refusal: they must be one of the portal's own sentences, in the reader's language only. */
function complaintAboutWords(words: string, language: Language): string | null {
  const key = sayings.get(language)?.get(words);
  if (key === undefined) return `says “${words.slice(0, 80)}”, which is no sentence of messages/${language}`;
  const other = language === 'vi' ? 'en' : 'vi';
  return sentences[other]?.[key] === words ? `says “${words.slice(0, 80)}” in both languages` : null;
}

const escaped = script.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Trial {
  field: string;
  visible: boolean;
  value: BadName;
  language: Language;
}

interface Shown {
  /** What React put into the form to know it again; without these a refusal is not shown. */
  react: Record<string, string>;
  /** One of each kind of field, and whether people see it. */
  fields: { name: string; visible: boolean; echoes: boolean }[];
}

/** Fields that differ only in the thing, the skill or the line they are about are of one kind. */
const kindOf = (name: string) =>
  name
    .replace(/[0-9a-f-]{36}/g, 'ID')
    .replace(/\.[A-Z]\d+$/, '.SKILL')
    .replace(/(?<=[a-z])\d+$/, '2');

/** The form as it stands on its page; null when it is not there. */
function formOn(page: Element, action: PostedAction): Shown | null {
  const named = all(page, ({ attributes }) => 'name' in attributes);
  const ours = named.find(
    ({ attributes }) => attributes.name?.startsWith('$ACTION') && JSON.stringify(attributes).includes(action.id),
  );
  const form = ours && around(ours, 'form');
  if (!form) return null;
  const inForm = all(form, ({ attributes }) => 'name' in attributes);
  const seen = new Set(visibleControls(form));
  const react = inForm.flatMap(({ attributes: { name = '', value = '' } }) =>
    name.startsWith('$ACTION') ? [[name, value]] : [],
  );
  const own = inForm.filter(({ attributes }) => !attributes.name?.startsWith('$ACTION'));
  const kinds = new Map(own.toReversed().map((one) => [kindOf(one.attributes.name ?? ''), one]));
  return {
    react: Object.fromEntries(react),
    fields: [...kinds.values()].map((one) => ({
      name: one.attributes.name ?? '',
      visible: seen.has(one),
      echoes:
        one.tag !== 'select' && ['text', 'tel', 'search', undefined].includes(one.attributes.type) && seen.has(one),
    })),
  };
}

function sheet(fields: Fields, field: string, value: BadName): FormData {
  const form = new FormData();
  for (const [name, given] of Object.entries(fields))
    if (name !== field)
      form.append(name, typeof given === 'object' ? new Blob([new Uint8Array(given.buffer)]) : String(given));
  const given = bad[value];
  if (given instanceof Blob) form.append(field, given);
  else for (const one of typeof given === 'string' ? [given] : given) form.append(field, one);
  return form;
}

/** The row of a table that speaks of a trial. */
const rowFor = (table: readonly Leave[], form: string, { field, value }: Trial) =>
  table.find((row) => row.form.test(form) && row.field.test(field) && row.values.includes(value));

export interface Tried {
  wrong: string[];
  /** The rows of accepted.ts that came true. */
  cameTrue: Set<Leave>;
  /** Sends what is accepted. */
  accept: () => Promise<void>;
}

/** What is wrong with a refused form, its language and its words included; it must blame `field`, unless that is null. */
export function complaintsIn(
  html: string,
  { field, language }: { field: string | null; language: Language },
): string[] {
  const page = pageOf(html);
  const [root] = all(page, ({ tag }) => tag === 'html');
  const lang = root?.attributes.lang ?? '';
  const refusal = refusalOn(page);
  if (!refusal) return ['refused without a word'];
  const words = [...refusal.whole, ...Object.values(refusal.at)].map((one) => complaintAboutWords(one, language));
  return [
    ...(lang === language ? [] : [`answered in “${lang}”`]),
    ...refusal.wrong,
    ...words.filter((complaint) => complaint !== null),
    ...(field === null || field in refusal.at ? [] : [`not at the field: ${JSON.stringify(refusal)}`]),
  ];
}

/**
 * Sends every bad value in every field of a form and judges each answer. First, in one language or the other, what is to be refused:
 * each at its field, and nothing written by any of it. `accept` then sends what is accepted, which may change or take away the thing
 * the form is about: it waits until every form had its first turn.
 */
export async function tryForm(
  sql: Sql,
  whoMay: APIRequestContext,
  action: PostedAction,
  one: FormCase,
): Promise<Tried> {
  const context = one.as ?? whoMay;
  const tried = { wrong: new Array<string>(), cameTrue: new Set<Leave>() };
  const shown = new Map<Language, Shown | null>();
  for (const language of languages) {
    const address = addressIn(language, one.page);
    const first = formOn(pageOf(await (await context.get(address)).text()), action);
    const asked = one.shownBy && { ...first?.react, ...one.shownBy };
    const then = asked && (await context.post(address, { multipart: asked, maxRedirects: 0 }));
    shown.set(language, then ? formOn(pageOf(await then.text()), action) : first);
  }
  const [inVi, inEn] = languages.map((language) => shown.get(language) ?? null);
  if (!inVi || !inEn) tried.wrong.push(`${one.name}: not on its page`);
  const fields = new Map((inVi?.fields ?? []).map((field) => [field.name, field]));
  for (const name of Object.keys(one.fields()))
    if (!fields.has(name)) fields.set(name, { name, visible: false, echoes: false });
  // Each field's messages are read in both languages, half of its values in each; another half at the next field.
  const trials = [...fields.values()].flatMap(({ name, visible }, at): Trial[] => {
    if (!visible && one.further) return [];
    return (visible ? badNames : forHidden).map((value, turn) => ({
      field: name,
      visible,
      value,
      language: (at + turn) % 2 === 0 ? 'vi' : 'en',
    }));
  });
  const send = async (trial: Trial, strict: boolean): Promise<APIResponse> => {
    const react = shown.get(trial.language)?.react ?? formOf(action, {});
    const { page, fields } = (strict ? null : await one.anew?.()) ?? { page: one.page, fields: one.fields() };
    return context.post(addressIn(trial.language, page), {
      multipart: sheet({ ...react, ...fields }, trial.field, trial.value),
      maxRedirects: 0,
    });
  };
  const label = (trial: Trial) => `${one.name} ${kindOf(trial.field)}: ${trial.value} (${trial.language})`;
  const note = (trial: Trial, complaint: string) => tried.wrong.push(`${label(trial)}: ${complaint}`);
  /** Judges an answer; `strict` when the form stands untouched, so that a refusal can only be of this field. */
  const judge = async (trial: Trial, strict: boolean): Promise<void> => {
    const answer = await send(trial, strict);
    if (answer.status() >= 500) return void note(trial, `status ${answer.status()}`);
    if (answer.status() === 303) {
      const row = rowFor(accepted, one.name, trial);
      if (row) tried.cameTrue.add(row);
      else note(trial, 'accepted');
      if (trial.value !== 'a script') return;
      const next = await context.get(answer.headers().location ?? '/');
      if (next.status() >= 500) note(trial, `accepted, then status ${next.status()}`);
      if ((await next.text()).includes('<img src=x onerror')) note(trial, 'stored and shown as it was');
      return;
    }
    const html = await answer.text();
    if (html.includes('<img src=x onerror')) note(trial, 'a script fragment came back as it was');
    if (answer.status() !== 200) {
      if (strict && (trial.visible || ![400, 404].includes(answer.status()))) note(trial, `status ${answer.status()}`);
      return;
    }
    // What was accepted before may have taken the form away, and with it the place where a refusal is said.
    if (!strict && !html.includes('id="error-summary"')) return;
    const again = rowFor(askedAgain, one.name, trial);
    if (again && !html.includes('id="error-summary"')) return void tried.cameTrue.add(again);
    const row = rowFor(refusedElsewhere, one.name, trial);
    if (row) tried.cameTrue.add(row);
    const atField = strict && trial.visible && !row;
    for (const complaint of complaintsIn(html, { field: atField ? trial.field : null, language: trial.language }))
      note(trial, complaint);
    if (trial.value === 'a script' && fields.get(trial.field)?.echoes && !html.includes(escaped))
      note(trial, 'what was typed does not come back, escaped');
  };
  const taken = trials.filter((trial) => rowFor(accepted, one.name, trial));
  const refused = trials.filter((trial) => !rowFor(accepted, one.name, trial));
  const before = await fingerprint(sql);
  await inTurns(sql, refused, (trial) => judge(trial, true));
  const tables = wrote(before, await fingerprint(sql));
  if (tables.length > 0) tried.wrong.push(`${one.name}: refused, yet wrote ${tables.join(', ')}`);
  return { ...tried, accept: () => inTurns(sql, taken, (trial) => judge(trial, false)) };
}

/** Six at once, with the counters of wrong passwords and codes set back so often that no answer is "too many". */
async function inTurns(sql: Sql, trials: readonly Trial[], judge: (trial: Trial) => Promise<void>): Promise<void> {
  await sixAtOnce(trials, judge, () => forgetAttempts(sql));
}
