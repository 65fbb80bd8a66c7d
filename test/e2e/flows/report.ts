/** The year's figures, closed, and corrected after that. */
import assert from 'node:assert/strict';
import { type Flow, setUpCoordination } from '../flow.js';

const why = 'Compté sur la feuille d’émargement.';

export const report: Flow = {
  name: 'report',
  steps: [
    [
      'the year’s figures are on a card, by kind, by académie and by month',
      async ({ p }) => {
        await setUpCoordination(p);
        const card = await p.mention('bilan');
        await card.shows(/actions? tenues?/);
        await card.shows('Par type d’action');
        await p.screenshot('90-report', card);
        for (const [cut, name] of [
          ['Par académie', '91-report-academies'],
          ['Par mois', '92-report-months'],
        ] as const) {
          await card.fill({ Découpage: cut });
          await card.press('Afficher');
          await card.shows(cut);
          await p.screenshot(name, card);
        }
      },
    ],
    [
      'a coordinator closes the year',
      async ({ p }) => {
        const card = await p.mention('clôturer');
        await card.shows(/à clôturer/);
        await p.screenshot('93-close', card);
        await card.press('Clôturer l’année');
        await card.shows(/Clôturé, version 1/);
        await p.screenshot('94-closed', card);
      },
    ],
    [
      'a line is corrected after that, with a reason; what was closed stays, and the difference is explained',
      async ({ p }) => {
        const card = await p.mention('bilan');
        await card.shows(/Clôturé, version 1/);
        await card.press('Les lignes');
        await card.tap(/Tenue/);
        await card.press('Corriger…');
        await card.fill({ 'Élèves rencontrés ou accueillis': '31', 'Motif de la correction': why });
        await p.screenshot('95-correction', card);
        await card.press('Enregistrer la correction');
        await card.shows('La correction est enregistrée.');
        await p.screenshot('96-corrected', card);
        const closed = await p.mention('close');
        await closed.shows(/Après la clôture\s:\s1\sligne/);
        await closed.press('Après la clôture');
        await closed.shows(/Depuis la version 1\s:\s1\sligne/);
        assert.match(await closed.text(), /Camille Modèle a corrigé/);
        await closed.shows(new RegExp(why));
        await p.screenshot('97-differences', closed);
      },
    ],
  ],
};
