import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../lib/kernel/input';

describe('the fields of a form', () => {
  it('are text, a repeated one is a list; files and Next’s own are left out', () => {
    const form = new FormData();
    form.append('name', 'Hồ Thị Đào');
    form.append('day', '1');
    form.append('day', '2');
    form.append('$ACTION_KEY', 'k');
    form.append('photo', new Blob(['x']));
    expect(fieldsOf(form)).toEqual({ name: 'Hồ Thị Đào', day: ['1', '2'] });
  });

  it('never change what an object is', () => {
    const form = new FormData();
    for (const name of ['__proto__', '__proto__', 'constructor', 'toString']) form.append(name, 'x');
    const fields = fieldsOf(form);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(Object.keys(fields).sort()).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('are read in time that grows with their number only', () => {
    const form = new FormData();
    for (let n = 0; n < 16_000; n += 1) form.append(`a${n}`, '');
    const from = performance.now();
    expect(Object.keys(fieldsOf(form))).toHaveLength(16_000);
    expect(performance.now() - from).toBeLessThan(500);
  });
});
