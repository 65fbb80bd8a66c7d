/**
 * The vocabulary of the guard, in French and English: without accents, separated by commas. `asthm*` matches every
 * word that begins like this, an entry with a capital matches only with it, and the longest entry wins: "mission
 * handicap" is NEUTRAL, "handicap" alone a DIFFICULTY. To allow a text that is wrongly refused, add its harmless
 * phrase to NEUTRAL, and the text to `test/domain/personal-data/dev.json`.
 */
export const words = {
  /** Health wherever it is mentioned (unless it is somebody's TOPIC). */
  HEALTH: {
    fr: `pai, PAP, PPS, CMPP, SESSAD, ITEP, IME, ppre, mdph, aesh, asthm*, allerg*, diabet*, insulin*,
      epilep*, dyslexi*, dysprax*, dysphas*, dyscalcul*, dysorthograph*, troubles dys, trouble dys,
      tdah, TDA, autis*, TSA, trisomi*, coeliaque*, leucemie, mucoviscidose, drepanocyt*, hemophil*,
      malvoyant*, malentendant*, mal voyant*, mal entendant*, deficience visuelle, deficience auditive,
      polyhandicap*, tetrapleg*, parapleg*, hyperacti*, bipolaire*, schizophren*, bequille*,
      fauteuil roulant, en fauteuil, ventoline, ritaline, anorexi*, boulimi*, depressi*, suicid*,
      scarifi*, hospitalis*, est enceinte, migraine*, scoliose, appareil auditif, situation de handicap,
      ete opere, ete operee, projet d accueil individualise, tiers temps, AVS, mononucleos*,
      spasmophil*, varicelle, cardiopath*, hepatite*, chimiotherap*, corticoide*, begai*, begue,
      jambe cassee, bras casse, evanoui*, toxicoman*, incontinen*, certificat medical, dossier medical,
      dispense medicale, suivi medical, suivi psychologique, psychologiquement, fille enceinte,
      jeune fille enceinte, appareils auditifs, traitement medical, sous traitement, suit un traitement,
      prend un traitement, son traitement, prise de medicament*, crise d angoisse, crises d angoisse,
      crise de panique, phobie scolaire, phobie sociale, suivi orthophonique, suivi en cmp,
      sclerose en plaques, crise d asthme`,
    en: `asthm*, allerg*, diabet*, insulin, epilep*, dyslexi*, dyspraxi*, adhd, EHCP, autis*, coeliac,
      celiac, wheelchair*, inhaler*, epipen*, ritalin, crutches, anorexi*, bulimi*, depressed,
      depression, suicid*, sickle cell, haemophil*, cerebral palsy, visually impaired, hearing impaired,
      hyperactiv*, bipolar, pregnan*, hearing loss, SEN assistant, broken leg, broken arm, stutter*,
      on medication, takes insulin, suffers from, individual health plan, health condition,
      medical condition, heart condition, seizure*, down syndrome, panic attack*, hearing aid*`,
  },
  /** Health when said of a person: "un élève sourd", "elle prend un médicament". */
  DIFFICULTY: {
    fr: `handicap*, mobilite reduite, malade*, maladie*, cancer, medicament*, ordonnance*, sourd, sourde,
      aveugle, ulis, psychologue*, psychiatre*, psychotherap*, dys, HPI, haut potentiel, trouble*,
      gluten, platre, corset, prothese*, pacemaker, dialyse, VIH, blesse, blessee, regime alimentaire,
      arachide*, lactose, CMP, fracture*, syndrome*, addict*, alcooli*, intoleran*, cardiaque*, entorse,
      orthophoni*`,
    en: `disab*, reduced mobility, ill, illness, sick, sickness, medication*, medicine*, prescription*,
      deaf, blind, special needs, SEN, psychologist*, psychiatrist*, therapist*, anxiety, anxious,
      surgery, injured, HIV`,
  },
  /** Verbs that link a person to such a condition. */
  SUFFERS: {
    fr: `souffre, prend, suit, porte, a un, a une, a des, a son, a besoin, doit prendre, suivi par,
      suivie par, voit, ne doit pas, ne peut pas, ne mange pas, doit eviter`,
    en: `suffers, takes, wears, has, needs, uses, must take, must not, cannot, sees`,
  },
  /** Work on a health topic rather than one's own health: "recherche sur le diabète". */
  TOPIC: {
    fr: `recherche, recherches, lutte, sensibilis*, travaille sur, travaillons sur, travail sur,
      prevention, innovation, application, applications, logiciel, logiciels, journee mondiale, metiers,
      produits, fabrication, production, industrie, logistique, distribution, vente, decouvr*, metier`,
    en: `research, works on, work on, working on, awareness, prevention, treatments for, drugs for, app,
      software, discover*, manufactur*`,
  },
  /** Groups of people, none of them a pupil of the day: "les personnes malvoyantes". */
  FOLKS: {
    fr: `personnes, gens, public, publics, utilisateurs, patients, clients, travailleurs, salaries,
      collaborateurs, collegues`,
    en: `people, users, patients, customers, workers, employees, colleagues`,
  },
  /** Harmless phrases with such words. */
  NEUTRAL: {
    fr: `allergene*, mission handicap, referent handicap, referente handicap, politique handicap,
      accord handicap, aux handicapes, aux eleves en situation de handicap,
      des eleves en situation de handicap, de jeunes en situation de handicap, acces handicape*,
      acces mobilite reduite, accessible en fauteuil*, accessibles en fauteuil*, acces fauteuil*,
      pour diabetiques, pour les diabetiques, pour les malvoyants, pour les malentendants,
      pour les handicapes, classe ulis, classes ulis, dispositif ulis, eleves ulis, arret maladie,
      assurance maladie, il y a, il faut, il est possible, il existe, fracture numerique,
      fracture sociale, syndrome de l imposteur`,
    en: `allergen*, wheelchair access, wheelchair accessible, wheelchair ramp, with disabilities,
      disabled access, disabled toilet*, disability network, disability awareness, disability inclusion,
      it is, imposter syndrome, impostor syndrome`,
  },
  /** One pupil. */
  PUPIL: {
    fr: `eleve, un jeune, une jeune, une jeune fille, un jeune garcon, le jeune, la jeune, un enfant,
      une enfant, enfant, collegien, collegienne, lyceen, lyceenne, stagiaire, apprenti, apprentie,
      garcon, jeune fille, jeune homme, delegue, deleguee, camarade`,
    en: `pupil, student, a child, the child, child, intern, trainee, boy, girl, schoolboy, schoolgirl`,
  },
  INTERNSHIP: { fr: `stage, stage de 3e, convention de stage`, en: `placement, internship` },
  FOR: { fr: `pour`, en: `for` },
  PUPILS: {
    fr: `eleves, jeunes, enfants, collegiens, collegiennes, lyceens, lyceennes, stagiaires`,
    en: `pupils, students, children, interns, trainees`,
  },
  /** Somebody mentioned before: he or she. */
  PERSON: { fr: `il, elle, lui`, en: `he, she, him, her, his` },
  /** An employee's own child, or a pupil named through their parents. */
  KIN: {
    fr: `ma fille, mon fils, mon neveu, ma niece, mon beau fils, ma belle fille, ma petite fille,
      mon petit fils, mon filleul, ma filleule, mon frere, ma soeur, mon cousin, ma cousine`,
    en: `my son, my daughter, my nephew, my niece, my stepson, my stepdaughter, my godson, my goddaughter,
      my brother, my sister, my cousin`,
  },
  PARENT: {
    fr: `maman, papa, mere, pere, parents, famille, tuteur legal, fils, fille, neveu, niece`,
    en: `mum, mom, dad, mother, father, parents, guardian, family, daughter, nephew, niece, son of, s son`,
  },
  /** Words that a pupil's name follows. */
  LABEL: {
    fr: `la petite, le petit, il s appelle, elle s appelle, nom, noms, prenom, prenoms, nom prenom,
      nom et prenom, candidat, candidate, candidature de`,
    en: `his name is, her name is, name, names, first name, surname, candidate`,
  },
  /** A member of a school's staff. */
  STAFF: {
    fr: `professeur, professeure, prof, enseignant, enseignante, instituteur, institutrice, le principal,
      la principale, principal adjoint, principale adjointe, proviseur, proviseure, proviseur adjoint,
      proviseure adjointe, cpe, documentaliste, professeur principal, professeure principale,
      prof principal, prof principale, PP, AED, surveillant, surveillante, maitresse,
      chef d etablissement, cheffe d etablissement, gestionnaire du college, vie scolaire, ddfpt, psyen,
      infirmiere scolaire, infirmier scolaire`,
    en: `teacher, headteacher, headmaster, headmistress, head teacher, head of year, deputy head,
      professor, form tutor, school nurse, school secretary, librarian`,
  },
  STAFFS: { fr: `professeurs, professeures, profs, enseignants, enseignantes`, en: `teachers` },
  /** Words that mark a colleague, such as "M. Durand du service RH". */
  COMPANY: {
    fr: `rh, drh, dsi, service, collegue, manager, tuteur, tutrice, maitre de stage, comptabilite,
      directeur commercial, directrice commerciale, notre equipe, notre directeur, notre directrice,
      notre presidente, notre president, chef de projet, cheffe de projet`,
    en: `hr, colleague, manager, our team, our ceo, our director, mentor`,
  },
  TITLE: {
    fr: `M., M, MM, monsieur, madame, mademoiselle, messieurs, mesdames, docteur, dr, Pr`,
    en: `mister, Ms, Miss`,
  },
  /** A title used only before names, which may then be in lower case. */
  MRS: { fr: `mme, mmes, mlle, mlles, mr`, en: `mrs` },
  /** Places named after people: "Collège Albert-Camus", "salle Ada-Lovelace". */
  PLACE: {
    fr: `college, lycee, ecole, etablissement, institution, institut, lp, lgt, lpo, cite scolaire,
      groupe scolaire, lycee professionnel, lycee general, lycee polyvalent, college prive, lycee prive,
      ecole privee, salle, amphi, amphitheatre, batiment, bat, site, campus, agence, gare, metro,
      station, arret, stade, gymnase, hopital, clinique, bibliotheque, mediatheque, theatre, hotel,
      saint, sainte, st, ste, notre dame`,
    en: `room, building, station, stop, hospital, tower, office`,
  },
  STREET: {
    fr: `rue, avenue, av, boulevard, bd, place, impasse, allee, chemin, quai, square, route, residence, lotissement,
      faubourg, esplanade, sentier, hameau, ruelle`,
    en: `street, road, lane, crescent`,
  },
  /** Places whose name comes first: "Marie Curie School". */
  SCHOOL: { fr: ``, en: `school, high school, secondary school, academy, middle school, primary school` },
  HOME: {
    fr: `habite, habitent, habitons, j habite, loge au, logent, habitant, vit au, vit a, domicile, domicilie, domiciliee, demeurant, demeure, reside,
      residant, vit chez, loge chez, adresse personnelle, adresse de l eleve, adresse du stagiaire,
      adresse des parents, son adresse, adresse familiale, il loge, elle loge, chez lui, chez elle`,
    en: `lives at, lives in, lives on, living at, home address, his address, her address, pupil s address,
      his home, her home`,
  },
  BIRTH: {
    fr: `nee, nes, nees, ddn, DN, naissance, date de naissance, date naissance, date naiss, naiss,
      son anniversaire`,
    en: `born, birth, date of birth, dob, birthday, birthdate`,
  },
  /** Things that are "born" without being a person. */
  VENTURE: {
    fr: `partenariat, projet, programme, entreprise, societe, association, start up`,
    en: `partnership, project, programme, program, company, association, startup`,
  },
  /** What a past date belongs to, other than a birth. */
  HISTORY: {
    fr: `arrete, decret, loi, circulaire, charte, accord, contrat, avenant, BO, note de service, depuis,
      signe, signee, cree, creee, fonde, fondee, ouvert, ouverte, jusqu au, en vigueur, version,
      mise a jour, convention`,
    en: `act, law, since, signed, created, founded, opened, launched, until, in force, version, updated`,
  },
  MONTH: {
    fr: `janvier, fevrier, mars, avril, mai, juin, juillet, aout, septembre, octobre, novembre, decembre,
      janv, fevr, avr, juil, oct, nov, dec`,
    en: `january, february, march, april, may, june, july, august, september, october, november, december,
      jan, feb, mar, apr, jun, jul, aug, sep`,
  },
  YEARS: { fr: `ans, an`, en: `years old, year old, yrs old, yo, y o` },
  /** Words after which a number may be spelled out. */
  PHONE: { fr: `tel, telephone, portable, numero`, en: `phone, number` },
  /** Words that may stand between a name and an age. */
  AGED: {
    fr: `age de, agee de, est age de, est agee de, vient d avoir, fete ses`,
    en: `aged, age, is aged, has turned, turned, turns`,
  },
  /** Words that may stand between a person and what they are or are called. */
  IS: {
    fr: `est, a, aura, a eu, sera, etait, qui est, s appelle, nomme, nommee, denomme, denommee, prenomme,
      prenommee, appele, appelee`,
    en: `is, was, will be, who is, named, called, is called, is named`,
  },
  /** Words after "3e" when it is not a class. */
  ORDINAL: {
    fr: `etage, arrondissement, trimestre, edition, fois, sortie, annee, jour, semaine, session, rang,
      journee, anniversaire, partie, point, seance`,
    en: `floor, edition, time, year, day, week, session`,
  },
  /** Small words between a name and a class or a role. */
  LINK: {
    fr: `le, la, les, l, en, du, des, au, aux, classe, classe de, notre, sa, son, ses, division`,
    en: `the, in, from, our, its, class, form`,
  },
  AND: { fr: `et, ou`, en: `and, or` },
  /** Words after "15 ans" when it is not an age: "15 ans de maison". */
  OF: { fr: `de, d, chez, dans`, en: `of, at, with` },
  ZERO: { fr: `zero`, en: `oh` },
  DIGIT: {
    fr: `un, deux, trois, quatre, cinq, six, sept, huit, vingt, trente, quarante, cinquante, soixante, cent`,
    en: `one, two, three, four, five, seven, eight, twenty, thirty, forty, fifty, sixty, seventy, eighty,
      ninety`,
  },
  /** Numbers that can be a pupil's age. */
  TEEN: {
    fr: `neuf, dix, onze, douze, treize, quatorze, quinze, seize, dix sept, dix huit`,
    en: `nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen`,
  },
} as const;

export type WordKind = keyof typeof words;
