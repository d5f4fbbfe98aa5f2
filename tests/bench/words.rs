//! The words that generated documents are made of; every place, person and body is invented.

/// Towns.
pub const TOWNS: &[&str] = &[
    "Harrowmere",
    "Keswold",
    "Ostrell",
    "Tilmouth",
    "Marlowe",
    "Nandipur",
    "Calder",
    "Verino",
    "Ashkeld",
    "Belmore",
    "Cottesford",
    "Dunmarra",
    "Elsworth",
    "Farnleigh",
    "Galmudra",
    "Hexton",
    "Islip",
    "Jarrowby",
    "Kirkdale",
    "Lindale",
    "Monteverra",
    "Norhaven",
    "Orminster",
    "Pellworth",
    "Quarrydown",
    "Ravenby",
    "Saltmarsh",
    "Thornaby",
    "Ulverton",
    "Vasselheim",
    "Westrill",
    "Yarrowfield",
];

/// What a body's name says of its members' standing.
pub const QUALITIES: &[&str] = &[
    "United",
    "Progressive",
    "Independent",
    "General",
    "Democratic",
    "Joint",
    "Regional",
    "Free",
    "Central",
    "Popular",
    "Provincial",
    "Associated",
    "Combined",
];

/// What a body's name says of its field.
pub const FIELDS: &[&str] = &[
    "Dockers",
    "Teachers",
    "Tenants",
    "Students",
    "Farmers",
    "Miners",
    "Weavers",
    "Nurses",
    "Printers",
    "Railway",
    "Fishery",
    "Housing",
    "Water",
    "Pensioners",
    "Drivers",
    "Journalists",
    "Bakers",
    "Electricity",
];

/// What kind of body a name says it is.
pub const TYPES: &[&str] = &[
    "Union",
    "Federation",
    "Party",
    "Association",
    "Committee",
    "Council",
    "League",
    "Alliance",
    "Front",
    "Society",
    "Congress",
];

/// Persons.
pub const PERSONS: &[&str] = &[
    "Amira Solberg",
    "Tomas Reyne",
    "Lin Okafor",
    "Daria Whitlock",
    "Samuel Orrin",
    "Nadia Perez",
    "Jonas Ekholm",
    "Farid Marlowe",
    "Ruth Calloway",
    "Imran Veldt",
    "Greta Lindqvist",
    "Paul Hadley",
    "Mina Castellan",
    "Oskar Dunne",
    "Yara Benning",
    "Viktor Sand",
];

/// What a body does with a matter.
pub const VERBS: &[&str] = &[
    "welcomed",
    "rejected",
    "condemned",
    "supported",
    "described",
    "discussed",
    "published",
    "questioned",
    "defended",
    "postponed",
    "demanded",
    "repeated",
    "opposed",
    "recorded",
    "examined",
    "accepted",
    "reviewed",
    "criticised",
];

/// What qualifies a matter.
pub const ADJECTIVES: &[&str] = &[
    "new",
    "proposed",
    "long delayed",
    "unequal",
    "public",
    "temporary",
    "modest",
    "unlawful",
    "recent",
    "local",
    "annual",
    "voluntary",
    "incomplete",
    "common",
    "costly",
    "peaceful",
    "sudden",
    "careful",
    "hasty",
    "lasting",
];

/// Matters.
pub const MATTERS: &[&str] = &[
    "increase in fares",
    "settlement of wages",
    "closure of the mill",
    "plan for the harbour",
    "housing programme",
    "inquiry into the fire",
    "reduction of hours",
    "sale of the common land",
    "reform of the schools",
    "rationing of water",
    "ban on assemblies",
    "distribution of relief",
    "election of delegates",
    "repair of the bridges",
    "price of bread",
    "transfer of the clinic",
    "census of tenants",
    "contract for the railway",
    "eviction of families",
    "appeal for witnesses",
];

/// When, where and why.
pub const CIRCUMSTANCES: &[&str] = &[
    "after a long debate",
    "in front of the town hall",
    "despite repeated warnings",
    "without a single vote against",
    "for the third time this season",
    "on behalf of its members",
    "in a letter to the editor",
    "before the assembly closed",
    "with the help of volunteers from the valley",
    "although no minutes had been kept",
    "because the talks had failed",
    "at the request of the families",
    "under the terms of the earlier agreement",
    "in the presence of reporters",
    "until the courts decide",
    "together with neighbours and shopkeepers",
];

/// What follows a sentence's first half.
pub const SEQUELS: &[&str] = &[
    "and asked that the figures be made public",
    "while the police looked on",
    "and promised to report within the month",
    "so that work could begin again",
    "but left the question of costs open",
    "and called for calm",
    "since nobody else had come forward",
    "and thanked those who had walked from the villages",
    "though some delegates abstained",
    "and set up a fund for the injured",
];

/// Sentences that name nobody.
pub const PLAIN: &[&str] = &[
    "The hall was full an hour before the doors were to open, and many stood in the street.",
    "Nothing in the report explains why the pumps were switched off during the night.",
    "Speakers returned again and again to the cost of bread, coal and lodging.",
    "Those who had lost their homes were given the floor first.",
    "It was agreed that the matter could not wait for another season.",
    "A collection at the door brought in more than anyone had expected.",
    "The text was read aloud, paragraph by paragraph, and put to the vote.",
    "No answer has been received to the questions that were sent in writing.",
    "Copies were handed out at the gates of the works and in the market.",
    "The figures differ from those that were given a year earlier, and nobody could say why.",
    "Several families have been living in the school since the flood.",
    "We do not ask for favours; we ask that the law be applied to everyone alike.",
    "The meeting ended late, and the last trains had already left.",
    "A delegation will travel to the capital as soon as the roads are open.",
];

/// Titles, to be completed with a matter.
pub const TITLES: &[&str] = &[
    "Delegates speak out on the",
    "No retreat over the",
    "What we know about the",
    "A common answer to the",
    "Voices against the",
    "Questions about the",
    "Support grows for the",
    "The truth about the",
];

/// Headings inside a document.
pub const HEADINGS: &[&str] =
    &["Background", "What was decided", "Demands", "Next steps", "The view from the villages", "Costs", "Witnesses"];

/// The months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months in French.
pub const MONTHS_IN_FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
