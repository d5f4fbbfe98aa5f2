//! The characters that the instructions of a page draw.
//!
//! What enters: a page. What leaves: its characters in the order in which they are drawn, by what its fonts say of their
//! codes (`ToUnicode`; ISO 32000-2, 9.10.3). The codes of a composite font have two bytes, as Typst writes them, those of
//! others one. Where a font does not say what a code means, U+FFFD stands.

use hayro_cmap::{BfString, CMap};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{SetTextMatrix, Transform, TypedInstruction};
use hayro_syntax::object::{Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use rustc_hash::FxHashMap;
use std::cell::{RefCell, RefMut};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use typst::utils::hash128;

/// How deep drawings inside drawings are followed.
const DEEPEST: usize = 16;

/// How many drawings inside a page are read at most: one that draws itself twice would double with every step down.
const MOST_DRAWINGS: usize = 10_000;

/// How far the heights of letters on one line differ at most, in points.
const LEVEL: f64 = 1.0;

/// The fonts of a file that were met.
#[derive(Default)]
pub(super) struct Fonts {
    met: HashMap<ObjectIdentifier, Rc<Font>>,
}

impl Fonts {
    fn of(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        match dict.obj_id() {
            Some(id) => Rc::clone(self.met.entry(id).or_insert_with(|| Rc::new(Font::read(dict)))),
            None => Rc::new(Font::read(dict)),
        }
    }
}

/// What a font says of its codes.
struct Font {
    /// How many bytes a code has.
    width: usize,
    table: Option<CMap>,
    /// What was looked up in it before.
    known: RefCell<FxHashMap<u32, BfString>>,
}

impl Font {
    fn read(dict: &Dict<'_>) -> Self {
        let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Type0");
        let table = dict.get::<Stream<'_>>("ToUnicode").and_then(|table| table.decoded().ok());
        let table = table.and_then(|table| CMap::parse(&table, |_| None));
        Self { width: if is_composite { 2 } else { 1 }, table, known: RefCell::default() }
    }

    /// What a code means.
    fn meaning(&self, code: u32) -> RefMut<'_, BfString> {
        RefMut::map(self.known.borrow_mut(), |known| {
            known.entry(code).or_insert_with(|| {
                let meaning = self.table.as_ref().and_then(|table| table.lookup_bf_string(code));
                meaning.unwrap_or(BfString::Char(char::REPLACEMENT_CHARACTER))
            })
        })
    }
}

/// The codes that a page has, by the names of their fonts.
pub(super) type Said = BTreeMap<Vec<u8>, Codes>;

/// The codes of a font, how many bytes each has, and what they mean.
#[derive(Clone, Default)]
pub(super) struct Codes {
    width: usize,
    meanings: BTreeMap<u32, BfString>,
}

/// The hash of the instructions of a page, as they stand in the file; none where something is drawn that has its own.
pub(super) fn key(page: &Page<'_>) -> Option<u128> {
    let content = page.raw().get::<Stream<'_>>("Contents").filter(|_| page.resources().x_objects.is_empty())?;
    let filter = content.dict().get::<Name<'_>>("Filter").map(|filter| filter.to_vec());
    Some(hash128(&(filter, &*content.raw_data())))
}

/// Whether the codes of a page mean what they meant.
pub(super) fn means(page: &Page<'_>, said: &Said, fonts: &mut Fonts) -> bool {
    let resources = page.resources();
    let mut named =
        resources.fonts.keys().filter_map(|name| Some((said.get(name.as_ref())?, resources.get_font(&name)?)));
    let mut same = 0;
    let all = named.all(|(codes, font)| {
        same += 1;
        let font = fonts.of(&font);
        font.width == codes.width && codes.meanings.iter().all(|(code, meaning)| *font.meaning(*code) == *meaning)
    });
    all && same == said.len()
}

/// Reads the characters of a page; a line end stands where the next one is on another line. Their codes are noted in
/// `said`, where that is asked for.
pub(super) fn letters(page: &Page<'_>, fonts: &mut Fonts, said: Option<&mut Said>) -> String {
    let (state, saved) = (State::default(), Vec::new());
    let mut reader =
        Reader { fonts, said, text: String::new(), line: None, state, saved, drawings_left: MOST_DRAWINGS };
    reader.draw(page.page_stream().unwrap_or_default(), page.resources(), DEEPEST);
    reader.text
}

/// A font and what it is called on its page.
#[derive(Clone)]
struct Named {
    name: Rc<[u8]>,
    font: Rc<Font>,
}

/// What holds for the letters that come next.
#[derive(Clone, Default)]
struct State {
    font: Option<Named>,
    space: Matrix,
    rise: f64,
    leading: f64,
}

/// A page while it is read.
struct Reader<'f> {
    fonts: &'f mut Fonts,
    said: Option<&'f mut Said>,
    text: String,
    /// The height of the last letter.
    line: Option<f64>,
    state: State,
    saved: Vec<State>,
    drawings_left: usize,
}

impl Reader<'_> {
    fn draw(&mut self, instructions: &[u8], resources: &Resources<'_>, depth: usize) {
        use TypedInstruction as Do;
        // Where a line of text begins; where it goes on only matters along the line.
        let mut start = Matrix::default();
        // Every piece of text names its font, and most name the same.
        let mut named: HashMap<Vec<u8>, Option<Named>> = HashMap::new();
        let mut instructions = TypedIter::new(instructions);
        while let Some(instruction) = instructions.next() {
            let next = |leading: f64| Matrix::moved(0.0, -leading);
            match instruction {
                Do::SaveState(_) => self.saved.push(self.state.clone()),
                Do::RestoreState(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
                Do::Transform(Transform(a, b, c, d, e, f)) => {
                    self.state.space = Matrix::of([a, b, c, d, e, f]).within(&self.state.space);
                }
                Do::BeginText(_) => start = Matrix::default(),
                Do::TextFont(font) => {
                    if !named.contains_key(&**font.0) {
                        let font_of = |dict: Dict<'_>| Named { name: Rc::from(&**font.0), font: self.fonts.of(&dict) };
                        let known = resources.get_font(font.0).map(font_of);
                        named.insert(font.0.to_vec(), known);
                    }
                    self.state.font = named.get(&**font.0).cloned().flatten();
                }
                Do::TextRise(rise) => self.state.rise = rise.0.as_f64(),
                Do::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
                Do::SetTextMatrix(SetTextMatrix(a, b, c, d, e, f)) => start = Matrix::of([a, b, c, d, e, f]),
                Do::NextLine(by) => start = Matrix::moved(by.0.as_f64(), by.1.as_f64()).within(&start),
                Do::NextLineAndSetLeading(by) => {
                    self.state.leading = -by.1.as_f64();
                    start = Matrix::moved(by.0.as_f64(), by.1.as_f64()).within(&start);
                }
                Do::NextLineUsingLeading(_) => start = next(self.state.leading).within(&start),
                Do::ShowText(shown) => self.show(shown.0.as_bytes(), &start),
                Do::NextLineAndShowText(shown) => {
                    start = next(self.state.leading).within(&start);
                    self.show(shown.0.as_bytes(), &start);
                }
                Do::ShowTextWithParameters(shown) => {
                    start = next(self.state.leading).within(&start);
                    self.show(shown.2.as_bytes(), &start);
                }
                Do::ShowTexts(shown) => {
                    for shown in shown.0.iter::<Object<'_>>() {
                        if let Object::String(codes) = shown {
                            self.show(codes.as_bytes(), &start);
                        }
                    }
                }
                Do::XObject(drawing) => {
                    if let (Some(drawing), Some(depth)) = (resources.get_x_object(drawing.0), depth.checked_sub(1)) {
                        self.draw_inside(&drawing, resources, depth);
                    }
                }
                _ => {}
            }
        }
    }

    /// Draws what has instructions of its own; a picture has none.
    fn draw_inside(&mut self, drawing: &Stream<'_>, around: &Resources<'_>, depth: usize) {
        let dict = drawing.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
            return;
        }
        let Some(left) = self.drawings_left.checked_sub(1) else { return };
        self.drawings_left = left;
        let Ok(instructions) = drawing.decoded() else { return };
        let own = dict.get::<Dict<'_>>("Resources").map(|own| Resources::from_parent(own, around.clone()));
        let (state, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.space = Matrix(matrix).within(&state.space);
        }
        self.draw(&instructions, own.as_ref().unwrap_or(around), depth);
        (self.state, self.saved) = (state, saved);
    }

    fn show(&mut self, codes: &[u8], start: &Matrix) {
        let Some(Named { name, font }) = self.state.font.clone() else { return };
        let height = start.within(&self.state.space).height(self.state.rise);
        if self.line.is_some_and(|line| (line - height).abs() > LEVEL) {
            self.text.push('\n');
        }
        self.line = Some(height);
        let mut said = match &mut self.said {
            Some(said) if said.contains_key(&*name) => said.get_mut(&*name),
            Some(said) => {
                let codes = Codes { width: font.width, ..Codes::default() };
                Some(said.entry(name.to_vec()).or_insert(codes))
            }
            None => None,
        };
        for code in codes.chunks(font.width) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let meaning = font.meaning(code);
            match &*meaning {
                BfString::Char(letter) => self.text.push(*letter),
                BfString::String(letters) => self.text.push_str(letters),
            }
            if let Some(said) = &mut said {
                said.meanings.entry(code).or_insert_with(|| meaning.clone());
            }
        }
    }
}

/// Where points of a space stand in the one around it (ISO 32000-2, 8.3.3).
#[derive(Clone)]
struct Matrix([f64; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    fn of(numbers: [Number; 6]) -> Self {
        Self(numbers.map(|number| number.as_f64()))
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn within(&self, outer: &Self) -> Self {
        let ([a, b, c, d, e, f], [oa, ob, oc, od, oe, of]) = (self.0, outer.0);
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    /// The height at which something stands that is raised by so much.
    fn height(&self, rise: f64) -> f64 {
        self.0[3] * rise + self.0[5]
    }
}
