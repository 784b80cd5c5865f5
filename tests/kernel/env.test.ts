import { describe, expect, it } from 'vitest';
import { demoByDefault, readSettings } from '@/lib/kernel/env';

const secret = 'x'.repeat(40);

describe('settings', () => {
  it('need nothing for the embedded set-up', () => {
    expect(readSettings({})).toMatchObject({
      PORT: 3000,
      HOST: 'localhost',
      DATA_DIR: '.data',
      TRUST_PROXY: false,
    });
  });

  it('take an empty one as not given', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', AUTH_SECRET: '' }).PORT).toBe(3000);
  });

  it('demand a secret as soon as the database is somebody’s own', () => {
    expect(() => readSettings({ DATABASE_URL: 'postgres://a:b@c/d' })).toThrow(/AUTH_SECRET/);
    expect(readSettings({ DATABASE_URL: 'postgres://a:b@c/d', AUTH_SECRET: secret }).AUTH_SECRET).toBe(secret);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['PORT', '3000.5'],
    ['DEMO', 'yes'],
    ['AUTH_SECRET', 'short'],
    ['DATABASE_URL', 'mysql://x'],
    ['PORTAL_URL', 'javascript:alert(1)'],
    ['PORTAL_URL', 'https://portal.example/under'],
    ['HOST', 'a b'],
    ['WEB_CONCURRENCY', '0'],
    ['TRUST_PROXY', 'true'],
  ])('refuse %s=%s by name, without repeating the value', (name, value) => {
    const read = () => readSettings({ AUTH_SECRET: secret, [name]: value });
    expect(read).toThrow(new RegExp(`\\n {2}${name}: `));
    expect(read).not.toThrow(value);
  });

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ HOST: '127.0.0.1', PORTAL_URL: 'http://localhost:3000' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '192.168.1.5' }, false],
    [{ PORTAL_URL: 'https://camtay.example' }, false],
    [{ DATABASE_URL: 'postgres://a@b/c', AUTH_SECRET: secret }, false],
  ])('%j: the demo world, with its public password, comes by itself: %s', (given, comes) => {
    expect(demoByDefault(readSettings(given))).toBe(comes);
  });

  it('name every wrong one at once', () => {
    expect(() => readSettings({ PORT: 'x', DEMO: 'x' })).toThrow(/PORT:[^]*DEMO:/);
  });
});
