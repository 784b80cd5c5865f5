import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { removeRecording, saveRecording } from '@/lib/recording/commands';
import { recordingsOf, recordingSound } from '@/lib/recording/queries';
import { partAsked, recordingTypeOf } from '@/lib/recording/rules';
import { mostRecordingBytes, saveRecordingInput } from '@/lib/recording/schema';
import { asStaff } from '../enrolment/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const box = (name: string, content: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, 0, 8 + content.length]), bytes(name), content]);
const mp4 = (...tracks: string[]) =>
  Buffer.concat([
    box('ftyp', bytes('M4A ', [0, 0, 0, 0])),
    box('moov', Buffer.concat(tracks.map((kind) => box('hdlr', bytes([0, 0, 0, 0, 0, 0, 0, 0], kind))))),
  ]);
const wav = bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ', 'x'.repeat(40));

describe('what a file is, by its bytes', () => {
  it.each([
    ['WAV', wav, 'audio/wav'],
    ['MP3 with a tag', bytes('ID3', [4, 0, 0, 0, 0, 0, 0]), 'audio/mpeg'],
    ['MP3 without', bytes([0xff, 0xfb, 0x90, 0x64, 0, 0]), 'audio/mpeg'],
    ['Opus', bytes('OggS', '\0'.repeat(24), 'OpusHead'), 'audio/ogg'],
    ['Vorbis', bytes('OggS', '\0'.repeat(24), '\u0001vorbis'), 'audio/ogg'],
    ['M4A', mp4('soun'), 'audio/mp4'],
    ['a film', mp4('vide', 'soun'), null],
    ['an Ogg film', bytes('OggS', '\0'.repeat(24), '\u0080theora'), null],
    ['an MP4 without tracks', mp4(), null],
    ['a page', bytes('<!doctype html><script>alert(1)</script>'), null],
    ['a picture', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF'), null],
    ['AAC frames', bytes([0xff, 0xf1, 0x50, 0x80]), null],
    ['a program', bytes('\u007fELF', '\0'.repeat(40)), null],
    ['a picture in RIFF', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 '), null],
    ['nothing', Buffer.alloc(0), null],
    ['one byte', Buffer.from([0xff]), null],
  ])('%s', (_what, file, type) => expect(recordingTypeOf(file)).toBe(type));
});

describe('the part a player asks for', () => {
  it.each([
    [null, null],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=90-200', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-1000', { from: 0, to: 99 }],
    ['bytes=100-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=5-2', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
    [`bytes=${'9'.repeat(40)}-`, null],
  ])('%s', (range, part) => expect(partAsked(range, 100)).toEqual(part));
});

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const asVisitor = <R>(work: (tx: ScopedTx) => PromiseLike<R>) =>
  openScoped('read only', 'camtay_public', '', async (tx) => work(tx));
const organiserOf = async (place: Place) => ({
  token: await cast.token('organiser', place),
  caller: { accountId: await cast.accountOf('organiser', place) },
});
async function save(by: Place, classId: string, content: Buffer) {
  const { token, caller } = await organiserOf(by);
  const input = saveRecordingInput.parse({
    classId,
    language: 'pako',
    recording: new File([new Uint8Array(content)], 'x.exe'),
  });
  return asStaff(token, (tx) => saveRecording(tx, input, caller));
}
const pako = async (classId: string) =>
  (await asVisitor((tx) => recordingsOf(tx, classId))).filter(({ language }) => language === 'pako');

describe('a recording', () => {
  it('is kept once a language, replaced, heard by everybody, taken away, and each written down', async () => {
    const { classId } = cast.here;
    expect(await save(cast.here, classId, wav)).toEqual({ classId });
    const [first] = await pako(classId);
    expect(first).toMatchObject({ mediaType: 'audio/wav', bytes: wav.length });
    const other = mp4('soun');
    await save(cast.here, classId, other);
    const [second, ...more] = await pako(classId);
    expect(more).toEqual([]);
    expect(second).toMatchObject({ mediaType: 'audio/mp4' });
    expect(second?.contentHash).not.toBe(first?.contentHash);
    const sound = (hash: string) => asVisitor((tx) => recordingSound(tx, classId, hash));
    expect((await sound(second?.contentHash ?? ''))?.content.equals(other)).toBe(true);
    expect(await sound(first?.contentHash ?? '')).toBeNull();
    const { token, caller } = await organiserOf(cast.here);
    const gone = () => asStaff(token, (tx) => removeRecording(tx, { classId, language: 'pako' }, caller));
    expect(await gone()).toEqual({ classId });
    expect(await gone()).toEqual({ refused: 'notFound' });
    expect(await pako(classId)).toEqual([]);
    const acts = await cast.owner<{ action: string }[]>`
      select action from audit_event where subject_id = ${classId} and action like 'recording.%' order by id`;
    expect(acts.map(({ action }) => action).sort()).toEqual(['recording.remove', 'recording.save', 'recording.save']);
  });

  it('is refused when it is no sound, too large, empty, or of another unit’s class', async () => {
    expect(await save(cast.here, cast.here.classId, bytes('<html>'))).toEqual({
      refused: 'recordingNotAudio',
      field: 'recording',
    });
    expect(await save(cast.there, cast.here.classId, wav)).toEqual({ refused: 'notFound' });
    expect(await pako(cast.here.classId)).toEqual([]);
    const problem = (recording: unknown) =>
      saveRecordingInput.safeParse({ classId: cast.here.classId, language: 'bru', recording }).error?.issues[0]
        ?.message;
    expect(problem(new File([new Uint8Array(mostRecordingBytes + 1)], 'a.mp3'))).toBe('recordingTooLarge');
    expect(problem(new File([new Uint8Array(mostRecordingBytes)], 'a.mp3'))).toBeUndefined();
    for (const none of [new File([], ''), undefined, null, 'text']) expect(problem(none)).toBe('recordingMissing');
  });

  it('of a draft is heard by nobody outside', async () => {
    expect(await save(cast.here, cast.here.draftId, wav)).toEqual({ classId: cast.here.draftId });
    expect(await pako(cast.here.draftId)).toEqual([]);
    const { token } = await organiserOf(cast.there);
    expect(await asStaff(token, async (tx) => recordingsOf(tx, cast.here.draftId))).toEqual([]);
  });

  it('cannot be hung on another unit’s class under one’s own area', async () => {
    const { token } = await organiserOf(cast.there);
    const hang = asStaff(
      token,
      (tx) => tx`insert into class_recording (class_id, area_id, language, media_type, content, content_hash)
        values (${cast.here.classId}, ${cast.there.villageId}, 'vi', 'audio/wav', ${wav}, ${'a'.repeat(32)})`,
    );
    await expect(hang).rejects.toThrow(/row-level security/);
  });
});
