import { confirmationDeadline, secondQuestionTime } from '../../../src/domain/engagements/confirmation.js';

const hours = { from: '08:00', until: '19:00', usual: '09:00' };
/** The 1st of January only. */
const calendar = {
  publicHoliday: (day: string) => (day.endsWith('-01-01') ? ({ name: 'jour de l’an' } as never) : undefined),
};

it.each([
  ['Europe/Paris', '2026-11-26', '2026-11-26T08:00:00.000Z'],
  ['Pacific/Noumea', '2026-11-26', '2026-11-25T22:00:00.000Z'],
  ['America/Denver', '2026-11-26', '2026-11-26T16:00:00.000Z'],
  ['America/Los_Angeles', '2026-11-26', '2026-11-25T17:00:00.000Z'],
  ['Pacific/Tahiti', '2026-11-26', '2026-11-25T19:00:00.000Z'],
  // A Monday, then the Monday after a holiday.
  ['Pacific/Tahiti', '2026-11-23', '2026-11-20T19:00:00.000Z'],
  ['Pacific/Tahiti', '2027-01-04', '2026-12-31T19:00:00.000Z'],
])('in %s, who is to answer by %s is asked once more at %s', (place, confirmBy, at) => {
  const deadline = confirmationDeadline(confirmBy, hours, 'Europe/Paris');
  expect(secondQuestionTime(confirmBy, deadline, place, hours, calendar)).toBe(at);
});
