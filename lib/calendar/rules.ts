import type { Calendar, CalendarSession, CalendarWords } from './schema';

/** What a line may hold (RFC 5545, 3.1), in octets. */
const lineOctets = 75;
const octetsOf = (letter: string) => {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** One content line, folded at 75 octets of UTF-8 and never inside a letter. */
export function folded(line: string): string {
  // No letter takes more than three octets for each of its units.
  if (line.length * 3 <= lineOctets) return line;
  let result = '';
  let octets = 0;
  for (const letter of line) {
    const size = octetsOf(letter);
    if (octets + size > lineOctets) {
      result += '\r\n ';
      octets = 1;
    }
    result += letter;
    octets += size;
  }
  return result;
}

/** A text value: what would end it or the line is escaped, control characters are gone. */
export function escaped(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[\\;,]/g, String.raw`\$&`)
    .replace(/\n/g, String.raw`\n`);
}

/** `20261124T123000Z`: UTC, so that a device in any zone shows the right hour without a table of zones. */
const stamp = (moment: Date) => moment.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** How often calendars should look again. */
const refresh = 'PT4H';

function placeOf({ venue, address, placeName }: CalendarSession): string {
  const said = [venue, address].filter(Boolean).join(', ');
  return said.includes(placeName) ? said : `${said}, ${placeName}`;
}

function eventLines(session: CalendarSession, words: CalendarWords, classes: string): string[] {
  const url = `${classes}/${session.classId}`;
  const say = (label: string, text: string | null) => (text ? [`${label}: ${text}`] : []);
  const description = [
    ...(session.cancelled ? say(words.off, session.reason) : []),
    ...(session.note ? [session.note] : []),
    ...say(words.lesson, session.lesson),
    ...say(words.teachers, session.teamName),
    ...say(words.bring, session.bring),
    ...say(words.hotline, session.hotline),
    words.free,
    url,
  ];
  return [
    'BEGIN:VEVENT',
    // The session's own id: it stays the same wherever the portal moves to and whatever is changed.
    `UID:${session.id}@cam-tay`,
    // Without a METHOD the stamp is the moment of the last change (RFC 5545, 3.8.7.2): so the same state is the same bytes.
    `DTSTAMP:${stamp(session.revisedAt)}`,
    `LAST-MODIFIED:${stamp(session.revisedAt)}`,
    `SEQUENCE:${session.revision}`,
    `DTSTART:${stamp(session.startsAt)}`,
    `DTEND:${stamp(session.endsAt)}`,
    `STATUS:${session.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escaped(session.cancelled ? `${words.off}: ${session.title}` : session.title)}`,
    `LOCATION:${escaped(placeOf(session))}`,
    `DESCRIPTION:${escaped(description.join('\n'))}`,
    `URL:${url}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

/**
 * An iCalendar file (RFC 5545, 7986) of all these meetings. One that was called off stays in it as CANCELLED, with a higher SEQUENCE, so that
 * calendars that have it take it out. `classes` is the address of the list of classes.
 */
export function icalendar(name: string, { sessions }: Calendar, words: CalendarWords, classes: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Cam Tay//Digital education movement of Quang Tri//VI',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'X-WR-TIMEZONE:Asia/Ho_Chi_Minh',
    `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`,
    `X-PUBLISHED-TTL:${refresh}`,
    ...sessions.flatMap((session) => eventLines(session, words, classes)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
