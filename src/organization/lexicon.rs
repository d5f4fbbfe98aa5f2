//! The words by which bodies are told from other things.
//!
//! What enters: a folded word (small letters, no diacritics). What leaves: what it can mean in a name. The tables are
//! words of the trade in several languages, never names.

mod cyrillic;
mod types;

pub use cyrillic::{is_adjective, is_general as is_general_adjective, is_genitive, type_kind as cyrillic_kind};
pub use types::{is_leading_type, is_sole_compound, is_weak_type, leads_in_romance, paired_type, type_kind};

use std::collections::HashMap;
use std::sync::LazyLock;

/// Heads of names of things that are no bodies.
const OTHER_HEADS: &str = "plan plans program programme programmes programs project projects act acts law laws bill bills \
    treaty convention agreement accord accords protocol pact declaration charter constitution code operation campaign \
    corridor scheme policy strategy framework system systems procedure procedures register index survey report reports \
    conference summit meeting meetings session day week year award prize war wars schedule amendment amendments \
    resolution standard standards directive regulation regulations ordinance decree area region zone province district \
    valley river sea port airport street road avenue plaza tower building square park island islands mountain language \
    initiative initiatives offensive trail talks peace-process accord disease syndrome virus grant grants tax rate product technology methodology mechanism process test model method \
    number card certificate licence license goal goals target targets principle principles approach assessment \
    statement manifesto memorandum contract budget facility tool management development cooperation rights measures \
    massacre case festival election elections referendum anniversary revolution uprising movement-day exercise level \
    levels limit value document documents paper guide guidelines manual database data information interface \
    submission exhibition workshop course curriculum plano ley leyes plan programa proyecto tratado convenio acuerdo \
    loi traite accord projet programme convention gesetz vertrag abkommen lei tratado programma legge trattato закон \
    договор программа план operacion campana corredor operation incident attack attacks reform reforms crisis initiative-act \
    constituency constituencies application applications tariff mode vehicle engine equipment compound acid ether emission emissions demand supply growth protocol questionnaire";

/// Small words that stand inside names.
const CONNECTIVES: &str = "of the and for on in to a an at by from with or und der die das des dem den fur zur zum im von \
    de del la las los el y e et du le les l d pour en sur aux au a da do dos das para per di dei delle della degli dello \
    il lo gli i und ve и по в на о при для against among de ul e i as os van voor het untuk";

/// Small words that may lead from a body's type to the rest of its name.
const LINKS: &str = "of for on against to de del du des da do dos das di della dei delle degli d dell dall dello del fur der des zur pour para per \
    van voor untuk по";

/// Words that open a sentence or a noun phrase and are no part of a name.
const OPENERS: &str = "the a an this that these those our their his her its my your some any all each every no both either \
    in on at by for from to with without within of off over under after before during since until till while when \
    where why how what which who whose whom if as although though because so but and or nor yet then thus hence \
    however moreover furthermore meanwhile also only even still just now today yesterday tomorrow here there he she it \
    we they you i is are was were be been has have had do does did will would shall should may might can could must not \
    former said says via dear about against among around between into like near per than through toward towards \
    upon whereas whether according including despite despite once several many most more few other another such same \
    el la los las un una en con por para segun desde le les un une dans avec par selon der die das ein eine im in mit \
    de het een o os um uma no na il gli alla nel according contact visit join inside outside";

/// Ranks and titles, which stand before or behind persons.
const TITLES: &str = "mr mrs ms miss dr prof professor sir lord lady comrade president vice prime minister secretary general \
    chairman chairwoman chairperson chair director senator sen sens rep representative governor mayor ambassador judge \
    justice chief colonel captain major lieutenant sergeant commander brigadier admiral officer king queen prince \
    princess pope imam maulana mufti sheikh allama sardar nawab haji syed advocate engineer spokesman spokesperson \
    spokeswoman leader convener convenor member deputy treasurer ceo presidente ministro ministre president senador \
    herr frau senor senora monsieur madame saint";

/// Words too general to tell one body from another.
const GENERIC: &str = "central executive general provincial federal state local regional district divisional political \
    standing joint special high sub main core steering working organizing organising advisory student police party \
    government military civil public private social religious international national global world city town municipal \
    village county area departmental ministerial parliamentary labour labor trade trades ruling opposition left right \
    leftist progressive democratic communist socialist revolutionary own different new old first second third two three \
    senior junior full permanent interim independent all legal technical medical disciplinary finance foreign secret \
    intelligence security action election editorial management support expert drafting preparatory parent governing \
    law enforcement armed several various other competent relevant single online internet women youth house select \
    appellate administrative superior circuit juvenile lower upper supreme constitutional website";

/// With one of these, a general type names the one such body of its country.
const SOVEREIGN: &str = "supreme constitutional national federal election high";

/// Plural words for people that can be the head of a body's name.
const PEOPLE: &str = "students workers friends mothers lawyers doctors reporters journalists teachers women farmers peasants \
    writers artists scientists citizens veterans parents physicians nurses engineers employees youth brothers sisters \
    democrats socialists communists greens liberals panthers tigers fighters guards brigades volunteers nations states \
    estudiantes trabajadores etudiants travailleurs madres";

/// Nouns and adjectives of fields of work, which an "and" may join inside a name.
const FIELDS: &str = "trade industry culture agriculture health sport sports welfare finance labour labor crime drugs energy \
    commerce environment science fisheries forestry food water power research tourism defence defense interior justice \
    foods means budget veterans records ethics transport housing urban rural family women children youth works minerals mines allied urban arts homeland \
    medicine police criminal peace studies freedom change democracy equality dignity solidarity unity progress relief \
    reconciliation rehabilitation human natural animals feed plants north south east west \
    northern southern eastern western";

/// Verbs of bodies that act.
const ACTS: &str = "said says claim claims claimed announced announces condemned condemns demanded demands denied denies told \
    reported reports warned warns urged urges stated states noted notes argued argues decided decides rejected rejects \
    accused accuses attacked killed supported supports organized organised organizes organises held hosted hosts won lost \
    contested contests joined left formed launched launches believes believed opposes opposed wants wanted controls \
    controlled managed managed leads led agreed agrees voted vowed called calls appealed appeals asked asks invited \
    reaffirmed expressed elected nominated boycotted protested fights fought recruited sponsored commissioned sees \
    approved adopted hired appointed refused endorsed pledged dijo afirmo declaro anuncio a annonce declare \
    dijeron denuncia denuncian denuncio rechaza rechazan rechazo rechazaron exige exigen exigio pide piden pidio advirtio informo convoca \
    convoco convocaron convocara apoya apoyan firma firman marcho marcharon critico criticaron acuso acusaron negocian condeno condenaron \
    denonce denoncent appelle appellent demande demandent soutient soutiennent rejette rejettent exige exigent condamne condamnent \
    affirme affirment reclame reclament critique critiquent publie quitte saisit estime estiment rappelle rappellent \
    acusa acusam defende defendem defendeu denunciou divulgou informou afirmou rejeitou apoia apoiam assinam criticou convocou repudia \
    pediu decidiu chiede chiedono denuncia denunciano accusa accusano respinge respingono aderisce annuncia annunciano conferma indaga sostiene \
    fordert fordern kritisiert kritisieren warnt warnen begrußt begrußen verurteilt teilte erklarte kundigte forderte kritisierte lehnt lehnte";

/// Nouns that stand behind the name of a body whose people or acts are meant.
const FOLLOWERS: &str = "spokesman spokesperson spokeswoman chairman chairwoman chairperson chair chief leader leaders \
    leadership president member members activist activists worker workers employee employees official officials staff \
    cadre cadres militant militants fighter fighters troops soldiers comrades candidate candidates delegation delegates \
    secretary director headquarters office offices supporter supporters administration convenor convener secretariat \
    executive congress management board governor commissioner lawmakers mps mnas senators rally response convenorship \
    figures estimates branch branches press";

/// Nouns that stand behind the name of a thing that is no body.
const THING_FOLLOWERS: &str = "project projects plan plans programme program programmes programs act acts law laws bill bills \
    treaty corridor operation operations agreement scheme policy format file files fund funds grant grants virus disease \
    case cases test tests code codes standard standards protocol system systems route infection license licence tools \
    legislation ordinance rules reform initiative amendment framework exercise notice notices";

/// Nouns that, before "of the X" and the like, make X a body.
const LEADERS: &str = "member members leader leaders spokesman spokesperson spokeswoman supporter supporters president \
    chairman chairperson secretary director section sections branch branches leadership activists activist cadres \
    fighters workers employees convenor convener head chief founder founders party headquarters committee board \
    representative representatives strength convenorship militants abolition dissolution administration officials";

/// Participles of what can be done to a body.
const FATES: &str = "abolished disbanded dissolved banned outlawed proscribed founded created formed established constituted \
    headquartered represented restructured";

/// Nouns for bodies in general.
const BODY_NOUNS: &str = "institutions institution bodies body organizations organisations organization organisation groups group \
    parties party agencies agency unions unions coalition alliance federation association company companies movement \
    movements network force forces front league body union committee council forum society ngo ngos charity firm \
    corporation militia club commission authority ministry department bank newspaper foundation platform institute \
    university collective confederation bloc initiative outfit faction wing organisme";

/// Lower-case nouns that a body's name may follow in apposition.
const APPOSED: &str = "movement group party organization organisation company ngo militia newspaper association coalition union \
    alliance network charity firm movimiento grupo partido organizacion empresa mouvement groupe parti organisation \
    association bewegung gruppe partei firma movimento";

/// Verbs that a headline may put, capitalised, before a body's name.
const HEADLINE_VERBS: &str = "holds backs urges the an regarding by with from that says said slams seeks wins calls joins attacks condemns demands rejects accuses \
    warns tells asks meets visits leads hails praises blasts vows launches opens names announces announce reports \
    january february march april may june july august september october november december monday tuesday wednesday \
    thursday friday saturday sunday";

/// Acronyms that are places, ranks, units and the like, never bodies.
const NO_BODIES: &str = "us usa dc uk uae ussr uss eeuu drc prc gdr frg nwfp fata ajk tv ok am pm ad bc id it hiv aids dna rna \
    ceo cfo mp mla mna phd ba ma html css url pdf xml http https sms gps gdp gnp vip faq diy ii iii iv vi vii viii ix xi \
    xii nato-no covid ps re cc bcc po sq ft km kg no vs etc eg ie st nd rd th gmt utc est pst edt cet fax tel mob www \
    ngo ngos ngo's asap rsvp tbd na nb ict ai ag or and the of to in on at by an as is be we he do go so my up if rs usd \
    eur gbp pkr inr dlrs mln bpd pct";

/// Countries by their name and by their adjective.
const COUNTRIES: &[(&str, &str)] = &[
    ("Afghanistan", "afghanistan afghan"),
    ("Algeria", "algeria algerian"),
    ("Argentina", "argentina argentine"),
    ("Australia", "australia australian"),
    ("Austria", "austria austrian"),
    ("Bangladesh", "bangladesh bangladeshi"),
    ("Belgium", "belgium belgian"),
    ("Bolivia", "bolivia bolivian"),
    ("Brazil", "brazil brazilian brasil"),
    ("Canada", "canada canadian"),
    ("Chile", "chile chilean"),
    ("China", "china chinese"),
    ("Colombia", "colombia colombian"),
    ("Cuba", "cuba cuban"),
    ("Denmark", "denmark danish"),
    ("Ecuador", "ecuador"),
    ("Egypt", "egypt egyptian"),
    ("Ethiopia", "ethiopia ethiopian"),
    ("Finland", "finland finnish"),
    ("France", "france french francais francaise"),
    ("Germany", "germany german deutsche deutschland"),
    ("Ghana", "ghana"),
    ("Greece", "greece greek"),
    ("India", "india indian"),
    ("Indonesia", "indonesia indonesian"),
    ("Iran", "iran iranian"),
    ("Iraq", "iraq iraqi"),
    ("Ireland", "ireland irish"),
    ("Israel", "israel israeli"),
    ("Italy", "italy italian italia italiano"),
    ("Japan", "japan japanese"),
    ("Jordan", "jordan"),
    ("Kenya", "kenya kenyan"),
    ("Lebanon", "lebanon lebanese"),
    ("Malaysia", "malaysia malaysian"),
    ("Mexico", "mexico mexican"),
    ("Morocco", "morocco moroccan"),
    ("Nepal", "nepal nepali"),
    ("Netherlands", "netherlands dutch"),
    ("Nigeria", "nigeria nigerian"),
    ("Norway", "norway norwegian"),
    ("Pakistan", "pakistan pakistani"),
    ("Peru", "peru peruvian"),
    ("Philippines", "philippines philippine"),
    ("Poland", "poland polish"),
    ("Portugal", "portugal portuguese"),
    ("Russia", "russia russian"),
    ("Saudi Arabia", "saudi"),
    ("South Africa", "southafrica"),
    ("Spain", "spain spanish espana"),
    ("Sri Lanka", "lanka lankan"),
    ("Sudan", "sudan sudanese"),
    ("Sweden", "sweden swedish"),
    ("Switzerland", "switzerland swiss"),
    ("Syria", "syria syrian"),
    ("Tunisia", "tunisia tunisian"),
    ("Turkey", "turkey turkish"),
    ("Ukraine", "ukraine ukrainian"),
    ("United Kingdom", "britain british"),
    ("Venezuela", "venezuela venezuelan"),
    ("Vietnam", "vietnam vietnamese"),
    ("Zimbabwe", "zimbabwe"),
];

/// Makes, of a table of words, a question whether a word is in it.
macro_rules! word_lists {
    ($($(#[$doc:meta])* $question:ident, $set:ident, $table:ident;)*) => {$(
        static $set: std::sync::LazyLock<std::collections::HashSet<&'static str>> =
            std::sync::LazyLock::new(|| $table.split_whitespace().collect());
        $(#[$doc])*
        pub fn $question(word: &str) -> bool {
            $set.contains(word)
        }
    )*};
}
pub(super) use word_lists;

word_lists! {
    /// Tells whether a word is the head of names of things that are no bodies.
    is_other_head, OTHER_HEAD_SET, OTHER_HEADS;
    /// Tells whether a word is a small word inside names.
    is_connective, CONNECTIVE_SET, CONNECTIVES;
    /// Tells whether a small word may lead from a type to the rest of the name.
    is_link, LINK_SET, LINKS;
    /// Tells whether a word opens sentences and is no part of a name.
    is_opener, OPENER_SET, OPENERS;
    /// Tells whether a word is a rank or a title.
    is_title, TITLE_SET, TITLES;
    /// Tells whether a word is too general to tell one body from another.
    is_generic, GENERIC_SET, GENERIC;
    /// Tells whether a word makes a general type the one such body of its country.
    is_sovereign, SOVEREIGN_SET, SOVEREIGN;
    /// Tells whether a word is a plural for people.
    is_people, PEOPLE_SET, PEOPLE;
    /// Tells whether a word is a verb of bodies that act.
    is_act, ACT_SET, ACTS;
    /// Tells whether a noun behind a name makes it a body.
    is_follower, FOLLOWER_SET, FOLLOWERS;
    /// Tells whether a noun behind a name makes it a thing.
    is_thing_follower, THING_FOLLOWER_SET, THING_FOLLOWERS;
    /// Tells whether a noun before "of the X" makes X a body.
    is_leader, LEADER_SET, LEADERS;
    /// Tells whether a participle is something done to bodies.
    is_fate, FATE_SET, FATES;
    /// Tells whether a noun means bodies in general.
    is_body_noun, BODY_NOUN_SET, BODY_NOUNS;
    /// Tells whether a body's name may follow a noun in apposition.
    is_apposed, APPOSED_SET, APPOSED;
    /// Tells whether a capitalised word before a body's name is no part of it: a headline's verb, a month, a weekday.
    is_headline_verb, HEADLINE_VERB_SET, HEADLINE_VERBS;
    /// Tells whether an acronym is never a body.
    is_no_body, NO_BODY_SET, NO_BODIES;
    /// Tells whether a word is a listed field of work.
    is_listed_field, FIELD_SET, FIELDS;
}

static COUNTRY_WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    COUNTRIES.iter().flat_map(|(country, words)| words.split_whitespace().map(|word| (word, *country))).collect()
});

/// Gives the country that a word names or is the adjective of.
pub fn country(word: &str) -> Option<&'static str> {
    COUNTRY_WORDS.get(word).copied()
}

/// Tells whether a word names a field of work or a quality, by the list or by its ending.
pub fn is_field(word: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "tion", "sion", "ment", "ity", "ics", "ture", "ence", "ance", "ness", "ship", "logy", "ural", "ional", "ific",
        "ning", "ring", "ental", "omic", "nical",
    ];
    is_listed_field(word) || ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}
