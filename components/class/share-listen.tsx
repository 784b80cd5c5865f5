import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icons';
import { recordingFile, type Recording } from '@/lib/recording/schema';

/** One recording to play with the browser's own controls; nothing is fetched before somebody presses play. */
export function Player({ classId, recording }: { classId: string; recording: Recording }) {
  const t = useTranslations('sharing.listen');
  const id = `listen-${recording.language}`;
  return (
    <div className="min-w-0">
      <p id={id} className="mb-1 font-bold">
        {t(recording.language)}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- What is said is written all around it: the page of the class itself. */}
      <audio
        controls
        preload="none"
        aria-labelledby={id}
        className="block h-14 w-full max-w-md"
        src={`/classes/${classId}/recordings/${recordingFile(recording)}`}
      />
    </div>
  );
}

/** For who does not read, or speaks another language at home: the class told aloud, before all else on its page. */
export function ListenToClass({ classId, recordings }: { classId: string; recordings: readonly Recording[] }) {
  const t = useTranslations('sharing.listen');
  if (recordings.length === 0) return null;
  return (
    <section
      aria-labelledby="listen"
      className="grid gap-4 rounded-card border-2 border-field bg-field-tint p-4 sm:p-5 print:hidden"
    >
      {/* No heading: it stands before the page's own. */}
      <p id="listen" className="flex items-center gap-3 text-lg font-bold">
        <Icon name="speaker" className="size-7 text-field" />
        {t('title')}
      </p>
      {recordings.map((recording) => (
        <Player key={recording.language} classId={classId} recording={recording} />
      ))}
    </section>
  );
}
