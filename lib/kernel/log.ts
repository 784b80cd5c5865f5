import pino from 'pino';

/** The process's log: JSON lines on standard output. Never names, phones, codes or form contents. */
export const log = pino({ base: undefined, level: process.env.LOG_LEVEL ?? 'info' });
