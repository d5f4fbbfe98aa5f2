//! Words that make a name a body's.
//!
//! What enters: a folded word. What leaves: the kind of body that it stands for, and how it stands in a name: before the
//! words that tell the body or behind them. Languages are not told apart: a name keeps its own language wherever it is.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that make a name a body's, with the kind of body; those before the name's own words in their language last.
const TYPES: &[(&str, &str)] = &[
    (
        "party",
        "party partij volkspartij dal morcha partei partito partido parti partia partii partija partisi partai strana stronnictwo",
    ),
    ("front", "front frente fronte mahaz mahadh cephesi barisan"),
    (
        "union",
        "union vakbond vakbeweging vakcentrale sindicato syndicat gewerkschaft sindacato uniao unione comisiones sendikası sendikasi birligi zwiazek \
        zwiazku serikat syndicats",
    ),
    (
        "movement",
        "movement tehreek tehrik tahreek tahrik movimiento mouvement bewegung movimento harakat hareketi ruch gerakan",
    ),
    ("committee", "committee comite komitee comitato komite komitesi komitet komitetu"),
    (
        "council",
        "council raad consejo conseil conselho consiglio rat zentralrat jurado shura panchayat conseils konseyi kurulu rada rady dewan",
    ),
    (
        "state body",
        "ministry ministerie commissie rijksdienst ministerio ministere ministero ministerium department departamento departement \
        abteilung agency agencia agence agenzia agentur authority autoridad autoridade autorite autorita commission comision \
        comissao commissione kommission directorate direccion direction secretariat secretaria secretariado \
        administration bureau embassy consulate embajada ambassade prefecture judiciary treasury inspectorate \
        commissariat entidade entidad taskforce ombudsman office oficina amt supervisor regulator fiscalia defensoria procuraduria \
        procuradoria contraloria controladoria bakanlıgı bakanligi mudurlugu kurumu kurumunun baskanlıgı komisyonu \
        ministerstwo ministerstwa ministarstvo ministerstvo urzad urzedu agencja komisja komisji izba izby kementerian \
        komisi badan direktorat kepolisian kejaksaan",
    ),
    (
        "legislature",
        "assembly asamblea assemblee assembleia parliament parlamento parlement senate senado senat congress \
        congreso congres congresso duma knesset sejm bundestag bundesrat majlis lok meclisi camara camera chambre \
        parlamentu majelis",
    ),
    (
        "court",
        "court rechtbank gerechtshof tribunal juzgado cour gericht corte audiencia gerichtshof mahkemesi yargitay danistay sad trybunal \
        trybunału mahkamah pengadilan tribunale",
    ),
    (
        "university",
        "university universiteit universidad universite universitat universidade universita college universitesi hochschule academy \
        academia academie universitas uniwersytet politechnika akademia akademie univerzita",
    ),
    (
        "institute",
        "institute instituto institut istituto centre center centro centers centres laboratory observatory museum \
        library hospital school faculty enstitusu instytut lembaga laboratories",
    ),
    ("bank", "cassa caisse caja sparkasse bank banco banque banca bankası bankasi exchange"),
    (
        "federation",
        "federation federatie federacion federazione federacao foderation confederation confederacion confederazione \
        confederacao konfoderation konfederasyonu federasyonu konfederasi federasi federacja konfederacja",
    ),
    (
        "alliance",
        "alliance aliansi koalisi alianza alleanza alianca allianz coalition coalicion koalition bloc ittehad ittihad consortium",
    ),
    ("press club", "club"),
    (
        "association",
        "association vereniging stichting genootschap klan asociacion associacao associazione verein verband society sociedad societe sociedade \
        gesellschaft league liga ligue lega foundation fundacion fondation fundacao stiftung fondazione fund fonds fondo \
        fundo trust guild chamber network forum foro anjuman sabha sangh samiti parishad jamiat jamaat jamaat jamiyat \
        tanzeem church eglise iglesia organization organisation organizacion organizacao organizzazione \
        organizatsiya syndicate cooperative collective societies colegio ordem ordre ordine episcopal partnership \
        tendency circle coordination cooperativa cooperativas mutualite coordinadora rencontre endowment brotherhood rassemblement kirche porozumienie dernegi vakfı vakfi odası odasi orgutu stowarzyszenie fundacja organizacja towarzystwo yayasan perhimpunan \
        persatuan himpunan organisasi perserikatan ikatan entity",
    ),
    (
        "armed force",
        "army guard police policia polizei polizia militia brigade brigades battalion regiment rangers constabulary \
        guardia gendarmerie ejercito armee army navy corps lashkar fauj ordusu wojsko tentara armia fuerzas autodefensas \
        command commando",
    ),
    (
        "company",
        "inc llc ltd plc gmbh corp corporation company pvt ag sarl srl spa compania compagnie empresa \
        enterprises industries limited holdings airlines as asa ab oy oyj nv bv sas llp kg kgaa jsc ojsc pjsc pty bhd tbk \
        technologies pharmaceuticals railways spoorwegen",
    ),
    (
        "body",
        "group grupo groupe gruppe group unit units unidad unite force forces board junta service servicio services \
        mission brigade caucus branch wing cell panel headquarters team squad faction",
    ),
];

/// Types whose name stands behind them ("Partido Comunista", "Guardia Civil").
const LEADING: &str = "partij volkspartij federatie ministerie vereniging stichting genootschap raad commissie rechtbank \
    gerechtshof universiteit entidade entidad partido partito parti frente fronte sindicato syndicat sindacato movimiento mouvement movimento \
    comite comitato consejo conseil conselho consiglio ministerio ministere ministero departamento departement agencia \
    agence agenzia autoridad autoridade autorite comision comissao commissione direccion secretaria oficina embajada ambassade \
    asamblea assemblee assembleia parlamento parlement senado congreso congresso tribunal juzgado cour corte audiencia \
    universidad universite universidade universita academia academie instituto institut istituto centro banco banque banca \
    federacion federazione federacao confederacion confederazione confederacao alianza alleanza alianca coalicion \
    asociacion associacao associazione sociedad societe liga ligue lega fundacion fondation fundacao fondo fundo foro \
    eglise iglesia organizacion organizacao policia guardia ejercito compania compagnie empresa grupo groupe unidad junta \
    servicio jamiat jamaat tehreek tehrik tahreek tahrik anjuman majlis tanzeem harakat uniao unione comisiones fuerzas \
    autodefensas fiscalia defensoria procuraduria procuradoria contraloria camara camera chambre colegio ordem ordre ordine \
    verein partai serikat gerakan barisan kementerian komisi badan direktorat kepolisian kejaksaan dewan majelis mahkamah \
    pengadilan universitas lembaga konfederasi federasi yayasan perhimpunan persatuan himpunan organisasi perserikatan \
    ikatan aliansi koalisi coordinadora rencontre cassa caisse caja mutualite cooperativa jurado rassemblement zentralrat partia ruch zwiazek ministerstwo urzad agencja komisja trybunal sad uniwersytet politechnika instytut \
    stowarzyszenie fundacja organizacja towarzystwo federacja konfederacja komitet rada tentara trybunału zwiazku ministerstwa komisji partii urzedu ministarstvo";

/// Types that need a telling word before them, since they name places, occasions and parts as well.
const WEAK: &str = "circle coordination club group unit units force forces board service services mission branch wing cell panel team squad \
    faction school centre center centers centres congress house fund trust network forum collective corps rangers library \
    museum hospital headquarters direction administration lok amt rat spa ag bloc chamber society societies church faculty \
    office exchange camera camara episcopal partnership entity supervisor regulator command commando sad rada as ab oy";

/// Words behind which a word of many meanings is a body's type: "Stock Exchange", "Cruz Roja".
const PAIRED: &[(&str, &str, &str)] = &[
    ("red", "cross", "association"),
    ("red", "crescent", "association"),
    ("cruz", "roja", "association"),
    ("cruz", "vermelha", "association"),
    ("croix", "rouge", "association"),
    ("croissant", "rouge", "association"),
    ("croce", "rossa", "association"),
    ("rotes", "kreuz", "association"),
    ("central", "unica", "union"),
    ("central", "obrera", "union"),
    ("central", "sindical", "union"),
    ("conferencia", "episcopal", "church"),
    ("force", "ouvriere", "union"),
    ("palang", "merah", "association"),
];

/// Gives the kind of body that a word stands for together with the one before it.
pub fn paired_type(before: &str, word: &str) -> Option<&'static str> {
    PAIRED.iter().find(|(first, second, _)| *first == before && *second == word).map(|(_, _, kind)| *kind)
}

static KINDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for (kind, words) in TYPES {
        for word in words.split_whitespace() {
            kinds.entry(word).or_insert(*kind);
        }
    }
    kinds
});

static LEADING_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| LEADING.split_whitespace().collect());
static WEAK_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| WEAK.split_whitespace().collect());

/// Tells whether a type stands before the words that tell the body.
pub fn is_leading_type(word: &str) -> bool {
    LEADING_SET.contains(word)
}

/// Tells whether a type that English puts last stands first in French, Italian, Spanish and Portuguese.
pub fn leads_in_romance(word: &str) -> bool {
    const LEADING: &str = "front confederation federation organisation union association commission alliance coalition office coordination cooperative";
    is_leading_type(word) || LEADING.split(' ').any(|leading| leading == word)
}

/// Tells whether a type needs a telling word before it.
pub fn is_weak_type(word: &str) -> bool {
    WEAK_SET.contains(word)
}

/// Gives the kind of body that a type word stands for.
pub fn type_kind(word: &str) -> Option<&'static str> {
    KINDS.get(word).copied().or_else(|| compound_kind(word)).or_else(|| super::cyrillic::type_kind(word))
}

/// Gives the kind of body of a German, Dutch or Scandinavian compound by the word that it ends in: Bundesministerium, Gewerkschaftsbund.
fn compound_kind(word: &str) -> Option<&'static str> {
    const ENDINGS: [(&str, &str); 32] = [
        ("verbond", "federation"),
        ("vakbond", "union"),
        ("partij", "party"),
        ("partiet", "party"),
        ("foreningen", "association"),
        ("organisationen", "union"),
        ("organisasjonen", "union"),
        ("departementet", "state body"),
        ("vereinigung", "association"),
        ("verbande", "association"),
        ("forbund", "union"),
        ("forbundet", "union"),
        ("ministerium", "state body"),
        ("ministeriums", "state body"),
        ("sbund", "federation"),
        ("verband", "association"),
        ("verbandes", "association"),
        ("sverein", "association"),
        ("partei", "party"),
        ("gewerkschaft", "union"),
        ("gericht", "court"),
        ("gerichts", "court"),
        ("gerichtshof", "court"),
        ("sgesellschaft", "association"),
        ("skommission", "state body"),
        ("kammer", "association"),
        ("desamt", "state body"),
        ("desanstalt", "state body"),
        ("desbank", "bank"),
        ("stiftung", "association"),
        ("hochschule", "university"),
        ("desagentur", "state body"),
    ];
    let ending = ENDINGS.iter().find(|(ending, _)| word.len() > ending.len() + 2 && word.ends_with(ending))?;
    Some(ending.1)
}

/// Tells whether a compound names the one such body of its country: Bundesverfassungsgericht, Arbeiderpartiet.
pub fn is_sole_compound(word: &str) -> bool {
    let national = ["bundes", "reichs", "nationalrats"].iter().any(|start| word.starts_with(start));
    // "Arbeiderpartiet", "Fagforbundet": the article at the end makes a Scandinavian compound the one of its kind.
    let definite = ["partiet", "forbundet", "organisasjonen", "organisationen"].iter().any(|end| word.ends_with(end));
    (national || definite) && compound_kind(word).is_some()
}
