import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterStep, emptyLesson, fieldsOfCourse, lessonsTyped, mostLessons, requiredOf } from '../../lib/course/rules';

const lesson = (titleVi: string, skills: string[] = []) => ({ ...emptyLesson, titleVi, skills });
const titles = (lessons: readonly { titleVi: string }[]) => lessons.map(({ titleVi }) => titleVi).join('');
const abc = ['a', 'b', 'c'].map((title) => lesson(title));

describe('the buttons of the form', () => {
  test.each([
    ['add', 'abc'],
    ['up-2', 'bac'],
    ['down-2', 'acb'],
    ['up-1', 'abc'],
    ['down-3', 'abc'],
    ['remove-2', 'ac'],
    ['remove-9', 'abc'],
    ['look', 'abc'],
    ['up--1', 'abc'],
    [undefined, 'abc'],
  ])('%s makes %s', (step, expected) => {
    expect(titles(afterStep(abc, step))).toBe(expected);
  });

  test('the last lesson removed leaves an empty line, and no form holds more lines than a course may', () => {
    expect(afterStep([lesson('a')], 'remove-1')).toEqual([emptyLesson]);
    const full = Array.from({ length: mostLessons }, () => emptyLesson);
    expect(afterStep(full, 'add')).toHaveLength(mostLessons);
    expect(lessonsTyped({ lines: '9999' })).toHaveLength(mostLessons);
    expect(lessonsTyped({ lines: 'x' })).toHaveLength(1);
  });

  test('whatever is pressed, no lesson is lost but the one removed, and nothing of any changes', () => {
    const one = fc.record({
      titleVi: fc.string(),
      titleEn: fc.string(),
      minutes: fc.string(),
      lineageId: fc.string(),
      skills: fc.uniqueArray(fc.constantFrom('A1', 'B2', 'C3')),
    });
    const press = fc.tuple(fc.constantFrom('up', 'down', 'remove'), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 8 }), press, (lessons, [act, line]) => {
        const typed = lessonsTyped(fieldsOfCourse({}, lessons));
        expect(typed).toEqual(lessons);
        const after = afterStep(typed, `${act}-${line}`);
        const gone = act === 'remove' ? typed[line - 1] : undefined;
        const key = (each: object) => JSON.stringify(each);
        const all = [...after, ...(gone ? [gone] : [])].map(key).toSorted();
        expect(all).toEqual(typed.map(key).toSorted());
      }),
    );
  });
});

test('a skill is required as it was ticked; what nobody was asked about is required when it is core', () => {
  const core = new Set(['A1', 'B1']);
  expect(requiredOf(['A1', 'A2', 'B1', 'B1'], { shown: [], required: [] }, core)).toEqual(['A1', 'B1']);
  expect(requiredOf(['A1', 'A2', 'B1'], { shown: ['A1', 'A2'], required: ['A2', 'H9'] }, core)).toEqual(['A2', 'B1']);
});
