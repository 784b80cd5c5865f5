import { describe, expect, it } from 'vitest';
import { connectionOptions, withDatabase } from '@/db/connection';

describe('a database address', () => {
  it('names a server', () => {
    expect(connectionOptions('postgres://li%C3%AAn:p%40ss@db.example:6543/portal?sslmode=require')).toMatchObject({
      host: 'db.example',
      port: 6543,
      database: 'portal',
      username: 'liên',
      password: 'p@ss',
      ssl: 'require',
    });
  });

  it('names a Unix socket as psql does', () => {
    const options = connectionOptions('postgres:///camtay?host=%2Ftmp%2Fa%20b&user=camtay');
    expect(options).toMatchObject({ host: '/tmp/a b', port: 5432, database: 'camtay', username: 'camtay' });
    expect(options).not.toHaveProperty('password');
  });

  it('keeps everything but the database when that is changed', () => {
    expect(withDatabase('postgres:///camtay?host=%2Ftmp&user=u', 'other')).toBe('postgres:///other?host=%2Ftmp&user=u');
  });

  it.each(['nonsense-secret', 'mysql://u:secret@h/d', 'postgres://u:secret@h/d?sslmode=maybe'])(
    'is refused without being repeated: %s',
    (address) => {
      expect(() => connectionOptions(address)).toThrow(/DATABASE_URL/);
      expect(() => connectionOptions(address)).not.toThrow(/secret/);
    },
  );
});
