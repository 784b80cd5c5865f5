import { useLocale, useTranslations } from 'next-intl';
import { ClientWords } from '@/components/layout/client-words';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { TextArea } from '@/components/ui/inputs';
import type { ClassDetails } from '@/lib/class/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Recording } from '@/lib/recording/schema';
import { countWords, loudspeakerScript } from '@/lib/sharing/rules';
import { ActForm } from './act-form';
import { ShareLinks } from './share-class';
import { Player } from './share-listen';
import { ShareMessage } from './share-message';
import { RecordingForm } from './share-recording-form';
import type { FormAction } from './use-sent';

/** For whoever runs a class: what to send, to read out, to put up and to let people hear. */
export function ShareForStaff({
  found,
  recordings,
  origin,
  change,
}: {
  /** The class as residents see it; null while it is a draft. */
  found: ClassDetails | null;
  recordings: readonly Recording[];
  origin: string;
  /** The acts, for who may change the class. */
  change: { classId: string; save: FormAction; remove: FormAction } | null;
}) {
  const t = useTranslations('sharing');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const open = found?.status === 'published' && !found.over;
  // Nobody is invited to a class that is over or called off; what was recorded can still be taken away.
  const over = found !== null && !open;
  if (!open && (!change || (over && recordings.length === 0))) return null;
  const path = `${locale === 'en' ? '/en' : ''}/classes/${found?.id}`;
  return (
    <section aria-labelledby="share" className="grid min-w-0 grid-cols-1 gap-5">
      <h2 id="share" className="text-xl">
        {t('staff.title')}
      </h2>
      {found && open ? (
        <>
          <ShareLinks path={path} />
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <Card>
              <ShareMessage
                found={found}
                locale={locale}
                address={`${origin}${path}`}
                hint={t('staff.messageHint')}
                copied={t('staff.copied')}
              />
            </Card>
            <Loudspeaker found={found} />
          </div>
        </>
      ) : null}
      {found ? null : <p>{t('staff.afterwards')}</p>}
      {change ? <Recordings recordings={recordings} change={change} over={over} /> : null}
    </section>
  );
}

function Loudspeaker({ found }: { found: ClassDetails }) {
  const t = useTranslations('sharing.staff');
  const next = found.sessions.find(({ state }) => state === 'toCome');
  if (!next) return null;
  const script = loudspeakerScript({ ...found, startsAt: next.startsAt });
  return (
    <Card>
      <div className="grid grid-cols-1 gap-3">
        <TextArea
          name="speaker"
          id="share-speaker"
          lang="vi"
          label={t('speaker')}
          hint={t('speakerHint', { words: countWords(script) })}
          rows={8}
          readOnly
          style={{ fieldSizing: 'content' }}
          defaultValue={script}
        />
        <div>
          <CopyButton of="share-speaker" copied={t('copied')}>
            {t('copySpeaker')}
          </CopyButton>
        </div>
      </div>
    </Card>
  );
}

function Recordings({
  recordings,
  change,
  over,
}: {
  recordings: readonly Recording[];
  change: { classId: string; save: FormAction; remove: FormAction };
  over: boolean;
}) {
  const t = useTranslations('sharing.recordings');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { classId } = change;
  return (
    <Card>
      <div className="grid gap-5">
        <div className="max-w-prose">
          <h3 className="text-lg">{t('title')}</h3>
          <p className="mt-1 text-muted">{t('lead')}</p>
        </div>
        {recordings.map((recording) => (
          <div key={recording.language} className="grid max-w-md gap-2">
            <Player classId={classId} recording={recording} />
            <p className="text-sm text-muted">
              {t('size', {
                kilobytes: Math.ceil(recording.bytes / 1024),
                day: formatDate(locale, recording.recordedAt),
              })}
            </p>
            <ClientWords of={['errors']}>
              <ActForm
                action={change.remove}
                fields={{ classId, language: recording.language }}
                label={t('remove')}
                pendingLabel={t('removing')}
                variant="danger"
              />
            </ClientWords>
          </div>
        ))}
        {recordings.length === 0 ? <p>{t('none')}</p> : null}
        {over ? null : (
          <ClientWords of={['errors', 'sharing']}>
            <RecordingForm action={change.save} classId={classId} />
          </ClientWords>
        )}
      </div>
    </Card>
  );
}
