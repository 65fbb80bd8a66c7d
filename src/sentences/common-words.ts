/**
 * Frequent French and English words, folded, that are never typing errors of ours: one letter makes "demain" of "domain"
 * and "stage" of "stade".
 */
export const commonWords: ReadonlySet<string> = new Set(
  `
  ainsi alors apres aprem aprems assez aucun aucune aujourd aupres aussi autant autour autre autres avant avec avoir
  beaucoup besoin bonne bonnes boulot bureau bureaux cela celle celui cents cette ceux chacun chacune chaque chasse chez
  chose choses combien comme comment contre courant dans date dates debut dehors deja demain depuis derniere dernier des
  desole desolee deux devant devoir dire doit donc donne donner dont douze duree elle elles encore enfin ensemble entre
  entreprise envoie envoyer equipe equipes est etaient etait etre eux exemple facile faire faisons fait faites faut femme
  femmes fille filles fils fois font gens grand grande gratuit heure heures hier homme hommes ici idee idees jamais jour
  journee journees jours jusqu juste leur leurs libre lieu lieux loin long longue longtemps lors lorsque maintenant mais
  malgre manque matin matinee matinees matins meme memes midi midis milieu mieux minute minutes moins mois moment monde
  montre mots nombre notre nous nouveau nouvelle nouveaux numero ouais parce parfois parmi partie partir passe peine
  pendant personne petit petite petits peu peur peut peuvent place places plein plus plusieurs plutot portes possible
  pour pourquoi pourtant pouvez pouvoir premier premiere prenez pres prochain prochaine prochaines prochains puis puisque
  quand quarante quel quelle quelles quelque quelques quels quinze quoi rien sait sans sauf savez savoir semaine semaines
  sera serai serais serait seront seul seule seulement seize sinon site sites soir sommes sont souvent sous stade suis
  suite suivant suivante sujet sujets surtout tant tard tels temps tenir tiens toujours tous tout toute toutes travail
  treize trente trop trouve type vais vers veut veuillez vigne ville villes vingt voila voir vont votre vous vraiment
  zone domaine totale totales douzaine dizaine vingtaine quinzaine entier entiere jeudi lundi mardi samedi vendredi mercredi dimanche
  bosse bosser travaille travailler habite taf taffe boite collegue collegues manager chef cheffe telephone vendredis
  numerique informatique logiciel ingenieur ingenieure donnees cybersecurite cyber reseau code coder atelier orientation
  teletravail ideal idealement gratuitement lycee college troisieme troisiemes seconde secondes quatrieme quatriemes
  cinquieme cinquiemes sixieme premieres terminale terminales prepa metier metiers academie academies accord
  about above across after afterwards again against almost along already also although always among another anybody
  anyone anything anyway around away back because become been before began begin behind being below best better between
  beyond both bring called came cannot cause certain chance change come coming could course cover daily days dear
  delighted deep different does doing done door down during each early easy either else end enough even evening ever
  every everybody everyone everything fact fair far few fine first five follow following form forward found four from
  full gave general getting give given giving glad gladly going gone good great group grow guess half hand happen hard
  have having head hear heard heart held help hence here high himself hold home hope hour hours house however idea ideal
  ideally important indeed inside into introduce just keep kind kinda knew know known large last late later latest lead
  learn least leave left less like likely line little live long longer look lots made main make making many matter maybe
  mean meant might mind mine minute minutes moment month months more morning mornings most much must myself name near
  nearly need needed never next nice nine none nothing noted nobody number office offices often okay once ones only open
  order other others ought ours ourselves outside over past perhaps place plan please plenty possible problem profession
  question quite rather reach read ready really reason right said same seat seats second seem seen seven several shall
  short should show side since site sites small some somebody someone something sometime sometimes somewhere soon sorry
  sort sounds start starting state still such sure surely take talk tell than that their them then there these they
  thing things think third this those though thought thousand three through thus till time times today together
  tomorrow tonight too took toward tried true trying turn twelve twenty two under until upon used using usual usually
  very wait want wants way ways week weeks well went were what whatever when whenever where whether which while who whole
  whom whose why will wish with within without won wonder word words work works world would wrong year years yes
  yesterday yet you young your yours yourself security software engineering cloud data computer coding afternoon
  afternoons academy school schools class classes grade graders pupil lovely spring summer autumn winter
  tenth ninth eighth seventh graders grade
  janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre january february march april june july
  august september october november december`
    .split(/\s+/)
    .filter(Boolean),
);
