import type { ActionRow } from './action-row';

/** The forms of the courses' pages. */
export const courseRows: Record<string, ActionRow> = {
  '/manage/courses#saveOutline': {
    may: 'course.write',
    page: () => '/manage/courses/new',
    fields: ({ unit }) => ({
      step: 'save',
      areaId: unit,
      titleVi: 'Khóa học thử',
      titleEn: '',
      summaryVi: 'Học thử.',
      summaryEn: '',
      bringVi: 'Điện thoại.',
      bringEn: '',
      learnersPerHelper: 4,
      rule: 'all',
      lessonsRequired: '',
      lines: 1,
      titleVi1: 'Bài thử',
      titleEn1: '',
      minutes1: 90,
      skills1: 'A1',
      shown: '',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/courses#copyToMine': {
    may: 'course.write',
    page: ({ courseId }) => `/manage/courses/${courseId}`,
    fields: ({ courseId, unit }) => ({ courseId, areaId: unit }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/courses#retire': {
    may: 'course.write',
    page: ({ unitCourseId }) => `/manage/courses/${unitCourseId}`,
    fields: ({ unitCourseId }) => ({ courseId: unitCourseId, retired: 'yes' }),
  },
};
