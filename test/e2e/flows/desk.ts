/** The coordinators' desk: several offers decided on at once. */
import assert from 'node:assert/strict';
import { addDays, type Day } from '../../../src/domain/days.js';
import { textOf } from '../../support/bot.js';
import { monday } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

const offering = ['hugo', 'nadia', 'zoe'] as const;
/** What the channel's cards of the approved offers say. */
const approved = [
  'Louis Fictif propose',
  'Hugo Témoin propose',
  'Nadia Échantillon propose',
  'Zoé Spécimen propose une visite',
  'Zoé Spécimen propose une intervention',
];
const told = 'C’est d’accord pour';

const talkOn = (firstDay: Day) => ({
  kind: 'classroom-talk',
  level: '4e',
  firstDay,
  from: '10:00',
  until: '11:00',
  schools: '0929001J',
  school: '',
  remark: '',
});

export const desk: Flow = {
  name: 'desk',
  steps: [
    [
      'six offers wait at the desk',
      async ({ p, colleague }) => {
        await setUpCoordination(p);
        for (const name of ['ines', 'louis'] as const) await colleague(name).write('bonjour');
        for (const [i, name] of offering.entries()) {
          const who = colleague(name);
          const form = await who.write('proposer');
          const sent = await who.press(form, 'Envoyer la proposition', talkOn(addDays(monday(false), i)));
          assert.match(textOf(sent), /Votre proposition est envoyée/);
        }
        const list = await p.mention('à valider');
        await list.shows('6 demandes à valider');
        await p.screenshot('60-desk', list);
      },
    ],
    [
      'five are approved at once; the card says so and still has the sixth',
      async ({ p }) => {
        const card = await p.cardWith('6 demandes à valider');
        await card.press('Décider de plusieurs');
        await card.shows('6 offres à décider');
        const offers = [...(await card.text()).matchAll(/^n°\s\d+, (.+)$/gm)];
        assert.equal(offers.length, 6);
        const ticked = offers.filter(([, name]) => name !== 'Inès Exemple').map(([label]) => label);
        assert.equal(ticked.length, 5);
        await card.fill(Object.fromEntries(ticked.map((label) => [label, true])));
        await p.screenshot('61-desk-ticked', card);
        await card.press('Approuver');
        await card.shows('5 offres approuvées');
        const left = await card.text();
        assert.match(left, /Inès Exemple/);
        assert.doesNotMatch(left, /Louis Fictif|Zoé Spécimen|Hugo Témoin|Nadia Échantillon/);
        await p.screenshot('62-desk-approved', card);
        await card.press('Revenir à la liste');
        await card.shows('1 demande à valider');
        await p.screenshot('63-desk-left', card);
      },
    ],
    [
      'who was decided on is told in their own chat, and the channel’s cards say so',
      async ({ p, colleague }) => {
        for (const name of [...offering, 'louis'] as const) await colleague(name).told(told);
        assert.equal(colleague('ines').countTold(told), 0);
        for (const offer of approved) await (await p.cardWith(offer)).shows(/^Approuvée/);
        await (await p.cardWith('Inès Exemple propose')).shows(/^À valider/);
        await p.screenshot('64-desk-channel', await p.cardWith('Louis Fictif propose'));
      },
    ],
  ],
};
