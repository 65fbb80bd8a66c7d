/** Names of régions and départements, folded, which the list of académies does not have. */

/** The académies of each région académique, by their codes. */
export const regions: Readonly<Record<string, readonly string[]>> = {
  'ile de france': ['01', '24', '25'],
  idf: ['01', '24', '25'],
  'region parisienne': ['01', '24', '25'],
  'paris region': ['01', '24', '25'],
  'auvergne rhone alpes': ['06', '08', '10'],
  aura: ['06', '08', '10'],
  'bourgogne franche comte': ['03', '07'],
  bretagne: ['14'],
  brittany: ['14'],
  'centre val de loire': ['18'],
  'grand est': ['12', '15', '19'],
  'hauts de france': ['09', '20'],
  'nouvelle aquitaine': ['04', '22', '13'],
  occitanie: ['11', '16'],
  'pays de la loire': ['17'],
  'provence alpes cote d azur': ['02', '23'],
  paca: ['02', '23'],
  normandie: ['70'],
  normandy: ['70'],
  alsace: ['15'],
  corse: ['27'],
  corsica: ['27'],
  martinique: ['31'],
  guadeloupe: ['32'],
  guyane: ['33'],
  mayotte: ['43'],
  'la reunion': ['28'],
};

/** The number of each département by its name; those whose names are also something else are left out. */
export const departements: Readonly<Record<string, string>> = Object.fromEntries(
  `ain 01|aisne 02|allier 03|alpes de haute provence 04|hautes alpes 05|alpes maritimes 06|ardeche 07|ardennes 08|
ariege 09|aube 10|aude 11|aveyron 12|bouches du rhone 13|calvados 14|cantal 15|charente 16|charente maritime 17|
cher 18|correze 19|cote d or 21|cotes d armor 22|creuse 23|dordogne 24|doubs 25|drome 26|eure 27|eure et loir 28|
finistere 29|gard 30|haute garonne 31|gers 32|gironde 33|herault 34|ille et vilaine 35|indre 36|indre et loire 37|
isere 38|jura 39|landes 40|loir et cher 41|loire 42|haute loire 43|loire atlantique 44|loiret 45|lot 46|
lot et garonne 47|lozere 48|maine et loire 49|manche 50|marne 51|haute marne 52|mayenne 53|meurthe et moselle 54|
meuse 55|morbihan 56|moselle 57|nievre 58|nord 59|oise 60|orne 61|pas de calais 62|puy de dome 63|
pyrenees atlantiques 64|hautes pyrenees 65|pyrenees orientales 66|bas rhin 67|haut rhin 68|rhone 69|haute saone 70|
saone et loire 71|sarthe 72|savoie 73|haute savoie 74|seine maritime 76|seine et marne 77|yvelines 78|
deux sevres 79|somme 80|tarn 81|tarn et garonne 82|var 83|vaucluse 84|vendee 85|vienne 86|haute vienne 87|
vosges 88|yonne 89|territoire de belfort 90|essonne 91|hauts de seine 92|seine saint denis 93|val de marne 94|
val d oise 95|corse du sud 2A|haute corse 2B`
    .replaceAll('\n', '')
    .split('|')
    .map((entry) => [entry.slice(0, entry.lastIndexOf(' ')), entry.slice(entry.lastIndexOf(' ') + 1)]),
);
/** One word that is short, or also another word: read only after "dans", "en" or "in". */
export const afterPreposition: ReadonlySet<string> = new Set(
  'ain cher eure gard gers lot nord orne var loire manche marne oise vienne indre jura landes aube aude corse normandie alsace bretagne savoie somme creuse doubs meuse isere drome rhone tarn allier herault gironde cantal vendee yonne'.split(
    ' ',
  ),
);
