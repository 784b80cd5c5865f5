'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { FormAction } from '@/components/class/use-sent';
import { AttentionList } from '@/components/register/attention';
import { useLive, wrong } from '@/components/register/live';
import { isAtDesk, type PhoneOperation } from '@/components/register/phone-store';
import { deviceTime, newOperationId, portalNow } from '@/components/register/portal';
import { queueOf } from '@/components/register/queue';
import { ActList, SyncLine, TroubleNotice } from '@/components/register/sync-line';
import { useQueue } from '@/components/register/use-register';
import { Button } from '@/components/ui/button';
import { assistInput, undoInput, type AssistLine, type DeskRecord, type Need } from '@/lib/desk/schema';
import { useRouter } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { fieldsOf, problemsOf } from '@/lib/kernel/input';
import { untouched } from '@/lib/kernel/result';
import type { PointPerson } from '@/lib/visit/rules';
import { AssistForm } from './assist-form';
import { useCarriedDesk } from './carry-desk';
import { lastAct, logWith } from './local-log';
import { PersonFacts, PointPeople } from './point-people';
import { LastAct } from './last-act';
import { AssistsToday } from './today';

/** So soon after a press another one of the empty form that came up is the finger trembling. */
const trembleMs = 1_500;

/**
 * The log of a desk. Each assist, and each taking back, goes into the phone's own queue first, with a network and without, and is shown at once;
 * without JavaScript the same forms go to the portal (`plain`).
 */
export function DeskLog({
  owner,
  desk,
  needs,
  formKey: firstKey,
  person: asked,
  whose,
  plain,
  notice,
  rows,
  count,
  hours,
  locale,
}: {
  /** The account that logs. */
  owner: string;
  desk: Pick<DeskRecord, 'id' | 'areaId' | 'name'>;
  needs: readonly Need[];
  /** Of this rendering's first form: sent twice it is one assist. */
  formKey: string;
  /** Who was looked up, if anybody. */
  person: { readonly id: string; readonly fullName: string } | null;
  /** Who that is, and the way to look somebody up; null where the caller looks nobody up. */
  whose: ReactNode;
  /** Null without a network. */
  plain: { log: FormAction; undo: FormAction } | null;
  /** What the portal says came of the last plain form. */
  notice: ReactNode;
  /** Of today, as the portal told. */
  rows: readonly AssistLine[];
  count: number;
  /** The counts by need and hour. */
  hours: ReactNode;
  locale: Locale;
}) {
  const t = useTranslations('desk');
  const view = useQueue(owner);
  const live = useLive();
  const router = useRouter();
  const carried = useCarriedDesk(owner, desk.id);
  const [{ formKey, nth }, setForm] = useState({ formKey: firstKey, nth: 0 });
  /** Something was pressed on this page: from then on that is told, not what the portal's page came with. */
  const [isPressed, setPressed] = useState(false);
  const [chosen, setChosen] = useState<PointPerson | null>(null);
  /** Looked up and helped: the next form is of nobody again. */
  const [helped, setHelped] = useState<string | null>(null);
  const person = chosen ?? (asked?.id === helped ? null : asked);

  const acts = useMemo(() => view.operations.filter(({ operation }) => isAtDesk(operation)), [view.operations]);
  const own = useMemo(
    () => acts.filter(({ operation }) => isAtDesk(operation) && operation.deskId === desk.id),
    [acts, desk.id],
  );
  // Before the queue was looked into there is nothing of the phone's, and no clock to differ from the portal's page.
  const nowMs = own.length > 0 ? portalNow() : 0;
  const lines = logWith(rows, own, { deskId: desk.id, needs, nowMs });
  const last = lastAct(own, needs, nowMs);

  const add = (operation: PhoneOperation, label: string) =>
    queueOf(owner).add(operation, { label, endsAtMs: portalNow() });
  const pressed = useRef<{ id: string; atMs: number } | null>(null);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What became of it stands above the form, and the thumb is below it.
    if (nth > 0) top.current?.scrollIntoView({ block: 'start' });
  }, [nth]);
  const log: FormAction = async (_before, form) => {
    const typed = assistInput.safeParse(fieldsOf(form));
    if (!typed.success) {
      const empty = !form.has('need') && !form.has('level') && !form.has('minutes');
      if (empty && pressed.current && Date.now() - pressed.current.atMs < trembleMs) return untouched;
      return wrong(form, problemsOf(typed.error));
    }
    const { formKey: id, need, level, minutes, referredTo, personId, invite } = typed.data;
    if (
      queueOf(owner)
        .view()
        .operations.some((row) => row.id === id)
    )
      return untouched;
    add(
      {
        id,
        deskId: desk.id,
        kind: 'assist',
        at: deviceTime(),
        need: `${need.code}.${need.version}`,
        level,
        minutes,
        ...(referredTo ? { referredTo } : {}),
        ...(personId ? { personId, invite } : {}),
      },
      (personId && person?.fullName) || '',
    );
    pressed.current = { id, atMs: Date.now() };
    setPressed(true);
    setChosen(null);
    if (asked) {
      setHelped(asked.id);
      if (plain) router.replace(`/manage/desk?desk=${desk.id}`);
    }
    setForm({ formKey: newOperationId(), nth: nth + 1 });
    return untouched;
  };
  const undo: FormAction = async (_before, form) => {
    const typed = undoInput.safeParse(fieldsOf(form));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { assistId } = typed.data;
    const again = own.some(
      ({ operation, state }) =>
        isAtDesk(operation) && operation.kind === 'undo' && operation.assistId === assistId && state !== 'attention',
    );
    if (!again) add({ id: newOperationId(), deskId: desk.id, kind: 'undo', at: deviceTime(), assistId }, '');
    setPressed(true);
    return untouched;
  };
  const takeBack = live || !plain ? undo : plain.undo;

  // What the portal has by now is on its page, too; and whoever is promised a visit has to be said whose home it is.
  const taken = own.filter(({ state }) => state === 'accepted').length;
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (!plain || !view.known) return;
    const before = shown.current;
    shown.current = taken;
    if (before === null || before === taken) return;
    const here = own.find(({ id, state }) => id === pressed.current?.id && state === 'accepted')?.operation;
    if (here?.kind === 'assist' && here.referredTo === 'home_visit' && !here.personId)
      router.push(`/manage/desk/visit?assist=${here.id}`);
    else router.refresh();
  }, [taken, own, plain, view.known, router]);

  const sum = count + lines.filter(({ id }) => !rows.some((row) => row.id === id)).length;
  const gone = rows.filter(({ id }) => !lines.some((line) => line.id === id)).length;
  return (
    <>
      <div ref={top} className="grid scroll-mt-4 grid-cols-1 gap-3 empty:hidden">
        {own.some(({ state }) => state === 'waiting') ? (
          <TroubleNotice trouble={view.trouble} durable={view.durable} />
        ) : null}
        <AttentionList
          rows={acts.filter(({ state }) => state === 'attention')}
          owner={owner}
          nameOf={(operation) =>
            'personId' in operation
              ? carried?.desk.people.find(({ id }) => id === operation.personId)?.fullName
              : undefined
          }
          deskHere={desk}
        />
        {last && (isPressed || !notice) ? (
          <LastAct last={last} undo={takeBack} areaId={plain ? desk.areaId : null} />
        ) : (
          notice
        )}
      </div>
      {carried && carried.desk.people.length > 0 && !chosen ? (
        <PointPeople people={carried.desk.people} locale={locale} choose={setChosen} />
      ) : null}
      <AssistForm
        // Another assist is another form: empty, with a key of its own. Numbered, so that a form sent without JavaScript comes back as the same one.
        key={nth}
        action={live || !plain ? log : plain.log}
        deskId={desk.id}
        formKey={formKey}
        needs={needs}
        person={person?.id ?? null}
        whose={
          chosen ? (
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
              <PersonFacts person={chosen} locale={locale} />
              <Button variant="quiet" onClick={() => setChosen(null)}>
                {t('withoutName')}
              </Button>
            </div>
          ) : (
            whose
          )
        }
      />
      <section aria-labelledby="today" className="grid grid-cols-1 gap-4">
        <h2 id="today" className="text-xl">
          {t(plain ? 'todayTitle' : 'phone.todayTitle', { count: sum - gone })}
        </h2>
        {own.length > 0 ? <SyncLine rows={own} known={view.known} conflicts={0} /> : null}
        {hours}
        <AssistsToday rows={lines} locale={locale} undo={takeBack} />
        <ActList rows={own} />
      </section>
    </>
  );
}
