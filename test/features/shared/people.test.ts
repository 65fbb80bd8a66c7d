import { isMuted, muteUntil } from '../../../src/features/shared/people.js';
import type { Person } from '../../../src/records.js';

const zoe = (muted?: Person['muted']): Person => ({
  id: 'zoe',
  teamsId: '29:zoe',
  name: 'Zoé Spécimen',
  lang: 'fr',
  ...(muted ? { muted } : {}),
});

describe('messages of a kind that somebody does not want for a time', () => {
  it.each([
    ['until that day, when they have not asked before', undefined, '2027-01-10'],
    ['until the later of two days', '2027-01-05', '2027-01-10'],
    ['until the day that they had asked for, when it is the same', '2027-01-10', '2027-01-10'],
    ['until the day that they had asked for, when it is later', '2027-02-01', '2027-02-01'],
    ['for good, when they had asked for that', 'always', 'always'],
  ])('are held back %s', (_, before, after) => {
    const person = muteUntil(zoe(before ? { invitations: before } : undefined), 'invitations', '2027-01-10');
    expect(person.muted).toEqual({ invitations: after });
  });

  it('come again on that day', () => {
    const person = muteUntil(zoe(), 'invitations', '2027-01-10');
    expect(isMuted(person, 'invitations', '2027-01-09')).toBe(true);
    expect(isMuted(person, 'invitations', '2027-01-10')).toBe(false);
  });

  it('leave those of other kinds as they were', () => {
    const person = muteUntil(zoe({ reminders: 'always' }), 'invitations', '2027-01-10');
    expect(person.muted).toEqual({ reminders: 'always', invitations: '2027-01-10' });
    expect(isMuted(zoe(), 'reminders', '2027-01-09')).toBe(false);
  });
});
