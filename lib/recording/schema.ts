import { z } from 'zod';
import { taughtIn } from '@/lib/class/schema';
import { addressId, file } from '@/lib/kernel/input';

/** 1.5 MB: six minutes of speech at 32 kbit/s. */
export const mostRecordingBytes = 1_572_864;

export const recordingTypes = {
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
} as const;
export type RecordingType = keyof typeof recordingTypes;

/** What is known of a recording without its sound. */
export interface Recording {
  readonly language: (typeof taughtIn)[number];
  readonly mediaType: RecordingType;
  readonly bytes: number;
  /** Of its content: a changed recording has another address. */
  readonly contentHash: string;
  readonly recordedAt: Date;
}

/** Where a recording is played from, below the address of its class. */
export const recordingFile = ({ contentHash, mediaType }: Recording) => `${contentHash}.${recordingTypes[mediaType]}`;

export const saveRecordingInput = z.object({
  classId: addressId,
  language: z.enum(taughtIn, 'chooseLanguage'),
  recording: file('recordingMissing').refine((sent) => sent.size <= mostRecordingBytes, 'recordingTooLarge'),
});

export const removeRecordingInput = z.object({ classId: addressId, language: z.enum(taughtIn, 'chooseLanguage') });

/** An address that cannot be read is one of nothing. */
export const playRecordingInput = z.object({
  id: addressId.catch(''),
  file: z
    .string()
    .regex(/^[0-9a-f]{32}\.(?:mp3|ogg|m4a|wav)$/)
    .catch(''),
});
