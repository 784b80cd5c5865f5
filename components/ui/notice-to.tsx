import type { ReactNode } from 'react';
import { ButtonLink } from './button';
import type { IconName } from './icons';
import { Notice, type Tone } from './notice';

/** Something that waits on another page: what it is, and the one way there. */
export function NoticeTo({
  tone,
  title,
  href,
  words,
  icon,
  children,
}: {
  tone: Tone;
  title: ReactNode;
  href: string;
  words: string;
  icon?: IconName;
  children?: ReactNode;
}) {
  return (
    <Notice
      tone={tone}
      title={title}
      action={
        <ButtonLink href={href} variant="secondary" icon={icon}>
          {words}
        </ButtonLink>
      }
    >
      {children}
    </Notice>
  );
}
