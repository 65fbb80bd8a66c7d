import type { When } from './conditions.js';
import type { RequestIntent } from './understanding.js';

/** What speaks against all these requests. */
export const objections: readonly (readonly [readonly RequestIntent[], number, When])[] = [
  [['volunteer', 'host', 'publish', 'sessions', 'mine', 'progress', 'pending', 'search'], -8, 'foreign'],
  [['volunteer', 'host', 'sessions', 'progress'], -12, 'rule'],
  [['agenda'], -8, 'foreign !pupil'],
  [['volunteer', 'host', 'publish', 'sessions'], -6, 'name !me !backed !can-first'],
  [['volunteer', 'host', 'publish'], -1, 'strange'],
  [['volunteer', 'host', 'publish'], -4, 'strange !ours'],
  [['volunteer', 'host', 'publish'], -2, 'very-strange'],
  [['volunteer', 'host', 'publish'], -4, 'negated'],
  [['volunteer', 'host', 'publish'], -5, 'progress'],
  [['volunteer', 'host', 'publish'], -3, 'pending'],
  [['volunteer', 'host', 'publish'], -8, 'asks'],
  [['volunteer', 'host'], -4, 'happened !can'],
  [['volunteer', 'host', 'publish'], -8, 'past'],
  [['volunteer', 'host'], -3, 'withdraw'],
  [['volunteer', 'host'], -5, 'open-seats'],
  [['volunteer', 'host'], -4, 'needs question'],
  [['volunteer', 'host'], -4, 'agenda !can'],
  [['volunteer', 'host'], -4, 'help !can !pupil'],
  [['volunteer', 'host'], -6, 'decided question !can'],
  // A question in which nobody offers anything.
  [['volunteer', 'host'], -20, 'question !can !first-offer !volunteering'],
  [['volunteer', 'host'], -8, 'question join !me !first-offer !volunteering'],
  [['volunteer', 'host'], -5, 'may-i question !date !town !school-name'],
  [['volunteer', 'host', 'agenda'], -3, 'request-id'],
  [['volunteer', 'host'], -3, 'find-first'],
  [['volunteer', 'host', 'publish'], -9, 'show-first'],
  [['volunteer', 'host'], -3, 'publish'],
  [['volunteer', 'host'], -3, 'create session'],
  [['volunteer', 'host'], -3, 'join session'],
  // The convention's own words name what is wanted, whatever else is said.
  [['progress', 'agenda', 'search', 'help', 'deadlines'], -8, 'report'],
  [['agenda', 'search', 'help', 'progress', 'convention'], -8, 'deadlines'],
  [['search', 'help', 'agenda', 'progress'], -8, 'convention'],
  [['search', 'help', 'publish', 'agenda'], -8, 'registers'],
  [['agenda', 'search', 'publish'], -4, 'events'],
  [['report', 'convention', 'registers', 'events'], -8, 'rule'],
  [['report', 'deadlines', 'convention', 'registers', 'events'], -8, 'hostile'],
];
