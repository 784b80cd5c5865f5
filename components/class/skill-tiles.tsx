import { Icon, skillIcon } from '@/components/ui/icons';
import type { SkillChoice } from '@/lib/class/schema';
import { Link } from '@/lib/i18n/navigation';

const tilesShown = 8;

/** What one can learn, in pictures: each leads to the classes that teach something of it. */
export function SkillTiles({ skills }: { skills: readonly SkillChoice[] }) {
  const domains = [...new Map(skills.map((skill) => [skill.domainCode, skill.domain]))].slice(0, tilesShown);
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(8.5rem,100%),1fr))] gap-3 sm:grid-cols-4">
      {domains.map(([code, name]) => (
        <li key={code}>
          <Link
            href={`/classes?skill=${code}`}
            prefetch={false}
            className="flex h-full min-h-target flex-col items-center gap-2.5 rounded-card border-[1.5px] border-line bg-surface px-2 py-4 text-center leading-snug font-bold hover:border-field hover:bg-field-tint"
          >
            <span className="grid size-14 place-items-center rounded-full bg-sun text-sun-ink">
              <Icon name={skillIcon(code)} className="size-8" />
            </span>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
