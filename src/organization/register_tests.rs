//! What a reader of the glossary would notice, tested over small collections.

use super::{Authority, Class, Entry, Finds, Part, Passage, Reading, Reason, Register, Status, compile, doubts, read};

fn register_with(documents: &[&str], authority: &Authority) -> Register {
    let finds: Vec<Finds> = documents
        .iter()
        .map(|text| {
            let passage = |text: &str| {
                let part = if text.starts_with("Events") { Part::Furniture } else { Part::Body };
                Passage { line: 1, text: text.to_owned(), part }
            };
            let passages: Vec<Passage> = text.split("\n\n").map(passage).collect();
            read(&Reading { passages: &passages, language: "en" }, authority)
        })
        .collect();
    compile(&finds, authority)
}

fn register(documents: &[&str]) -> Register {
    register_with(documents, &Authority::embedded())
}

fn organizations(register: &Register) -> Vec<&str> {
    register
        .entries
        .iter()
        .filter(|entry| entry.class == Class::Organization)
        .map(|entry| entry.name.as_str())
        .collect()
}

fn one<'a>(register: &'a Register, name: &str) -> &'a Entry {
    register.entries.iter().find(|entry| entry.name == name).expect("the entry is in the register")
}

#[test]
fn spellings_that_share_an_acronym_are_one_entry() {
    let register = register(&[
        "The Miners Party of Ruritania (MPR) met. CP of Ruritania was there.",
        "Miners Party Ruritania (MPR) and the miners party Of Ruritania agree; the MPR said so.",
    ]);
    assert_eq!(organizations(&register), ["Miners Party of Ruritania"]);
    let entry = one(&register, "Miners Party of Ruritania");
    assert_eq!(entry.acronym.as_deref(), Some("MPR"));
    assert_eq!(entry.country, None);
    assert_eq!(entry.variants, ["Miners Party Ruritania", "miners party Of Ruritania"]);
    assert_eq!(entry.mentions.len(), 6);
}

#[test]
fn one_acronym_with_two_expansions_is_settled_per_document() {
    let register = register(&[
        "The Popular Left Alliance (PLA) met. The PLA agreed.",
        "The People's Lake Army (PLA) fought. The PLA won.",
        "The PLA said nothing.",
    ]);
    assert_eq!(one(&register, "Popular Left Alliance").mentions.len(), 3);
    assert_eq!(one(&register, "People's Lake Army").mentions.len(), 3);
    assert_eq!(one(&register, "PLA").status, Status::Ambiguous);
}

#[test]
fn a_document_inherits_the_only_expansion_of_the_collection() {
    let register = register(&["The QZX said no.", "The Quiet Zebra Exchange Union (QZX) said yes."]);
    let entry = one(&register, "Quiet Zebra Exchange Union");
    assert_eq!(entry.mentions.iter().map(|mention| mention.document).collect::<Vec<_>>(), [0, 1, 1]);
}

#[test]
fn initials_join_a_name_without_brackets() {
    let register = register(&["They joined the Hill Farmers Party. In the end the HFP won two seats."]);
    assert_eq!(one(&register, "Hill Farmers Party").acronym.as_deref(), Some("HFP"));
}

#[test]
fn short_forms_and_branches_are_variants() {
    let register = register(&[
        "At the Keswick Press Club (KPC) we met. The Press Club was full. The Hill Farmers Party Keswick/Penrith came, \
         and the Hill Farmers Party spoke.",
    ]);
    assert_eq!(one(&register, "Keswick Press Club").variants, ["Press Club"]);
    assert_eq!(one(&register, "Hill Farmers Party").variants, ["Hill Farmers Party Keswick/Penrith"]);
}

#[test]
fn a_misprint_is_a_see_reference_and_its_mention_counts() {
    let register = register(&["The striking QVZK workers met. QVZK members spoke. At the QZVK workers waited."]);
    let entry = one(&register, "QVZK");
    assert_eq!((entry.see.as_slice(), entry.mentions.len()), (["QZVK".to_owned()].as_slice(), 3));
    assert_eq!(entry.class, Class::Organization);
}

#[test]
fn things_persons_and_furniture_are_no_organizations() {
    let register = register(&[
        "The amended National Water Plan helps. NWP’s goals and the Emergency Conservation Program (ECP) help, the \
         CPQC project too. Senator Jane Doe (R-Ga) spoke with WhatsApp.",
        "Jane Doe (JD), John Roe (JR), Max Poe (MP) and Ann Low (AL)\n\nJD: we claim\n\nMP: said JD",
        "Events of the Lake Workers Party",
    ]);
    assert_eq!(organizations(&register), Vec::<&str>::new());
    assert_eq!(one(&register, "National Water Plan").acronym.as_deref(), Some("NWP"));
    assert_eq!(one(&register, "Emergency Conservation Program").class, Class::Abbreviation);
    assert_eq!(one(&register, "CPQC").class, Class::Unexpanded);
    assert!(!register.entries.iter().any(|entry| entry.acronym.as_deref() == Some("JD")));
}

#[test]
fn a_body_known_worldwide_gets_its_expansion_in_brackets() {
    let register = register(&["The OECD countries and the Taliban."]);
    let entry = one(&register, "Organisation for Economic Co-operation and Development");
    assert!(entry.name_supplied && entry.acronym.as_deref() == Some("OECD"));
    assert!(!one(&register, "Taliban").name_supplied);
}

#[test]
fn the_editor_has_the_last_word() {
    let toml = "not = ['Hill Farmers Party']\nignore = ['ZZT']\n[[organization]]\nheading = 'Quiet Zone Directorate'\n\
                acronym = 'QZD'\ndescription = 'a body of the editor'\n";
    let authority = Authority::embedded().with_editor(toml).expect("well-formed");
    let register = register_with(&["The QZD and the Hill Farmers Party left, the ZZT said."], &authority);
    assert_eq!(organizations(&register), ["Quiet Zone Directorate"]);
    let entry = one(&register, "Quiet Zone Directorate");
    assert!(entry.name_supplied);
    assert_eq!(entry.description.as_ref().map(|said| said.text.as_str()), Some("a body of the editor"));
    assert!(!register.entries.iter().any(|entry| entry.name == "ZZT"));
}

#[test]
fn mentions_are_exact_and_never_overlap() {
    let text = "The Keswick  Press\nClub (“KPC”) — KPC's hall; Keswick Press Club.";
    let register = register(&[text]);
    let mentions = &one(&register, "Keswick Press Club").mentions;
    let stands: Vec<&str> = mentions.iter().map(|mention| &text[mention.range.clone()]).collect();
    assert_eq!(stands, ["Keswick  Press\nClub", "KPC", "KPC", "Keswick Press Club"]);
    assert_eq!(mentions[0].form, "Keswick Press Club");
}

#[test]
fn a_defining_clause_is_kept_with_its_document() {
    let register =
        register(&["Hello.", "The Lake Left Alliance (LLA) is a coalition of left parties formed in 2022. It met."]);
    let said = one(&register, "Lake Left Alliance").description.clone().expect("described");
    assert_eq!((said.text.as_str(), said.document), ("a coalition of left parties formed in 2022", Some(1)));
}

#[test]
fn no_text_makes_it_fail() {
    for text in [
        "",
        "(",
        ")",
        "((((((",
        "(A",
        "A (",
        "'s (AB)",
        "’",
        "U.S.",
        "AB = ",
        "AB, or ",
        "of of of",
        "\u{0}\u{1}(\u{301}AB)",
        "Party of",
        "-Party-",
        "Jaish-e-",
        "CP of",
        "=AB=",
        "AB=CD=EF",
        "the movement \"",
        "É (ÉÉ)",
        "İ (İİ) ŉ",
        "ＡＢ（ＣＤ）",
    ] {
        register(&[text, &text.repeat(9)]);
    }
}

#[test]
fn two_bodies_with_one_acronym_are_both_marked_and_a_name_with_a_place_behind_it_is_none() {
    let found = register(&[
        "The Popular Left Alliance (PLA) met. The PLA spoke.",
        "The People's Liberation Army (PLA) marched. The PLA stood.",
        "In the hills, members of the Relief Army (Northern province) have been seen.",
    ]);
    assert_eq!(one(&found, "Popular Left Alliance").status, Status::Ambiguous);
    assert_eq!(one(&found, "People's Liberation Army").status, Status::Ambiguous);
    assert_eq!(one(&found, "Relief Army").class, Class::Unexpanded);
    let reasons: Vec<Reason> = doubts(&found).iter().map(|doubt| doubt.reason).collect();
    assert_eq!(reasons, [Reason::SharedAcronym, Reason::Qualified]);
}

#[test]
fn near_names_are_doubted_and_never_joined() {
    let found = register(&[
        "The National Students Federation met in the hall.",
        "The National Student Federation met in the yard.",
        "The Harbour Builders Union and the Bridge Painters Union met.",
    ]);
    assert_eq!(organizations(&found).len(), 4);
    let doubts = doubts(&found);
    assert_eq!(doubts.len(), 1);
    assert_eq!(doubts[0].reason, Reason::NearNames);
}

#[test]
fn bodies_with_german_compounds_and_french_adjectives_are_bodies() {
    let found = register(&[
        "Der Deutsche Gewerkschaftsbund (DGB) rügte das Bundesministerium der Finanzen (BMF) und das \
         Betriebsverfassungsgesetz (BetrVG).",
        "La Confédération générale du travail (CGT) et la Fédération syndicale unitaire (FSU) lisent le Plan national \
         d'action (PNA).",
    ]);
    let acronyms: Vec<&str> = found
        .entries
        .iter()
        .filter(|entry| entry.class == Class::Organization)
        .filter_map(|entry| entry.acronym.as_deref())
        .collect();
    assert_eq!(acronyms, ["BMF", "CGT", "DGB", "FSU"]);
}
