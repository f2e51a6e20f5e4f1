//! Pixels as PNG. A card has few colours, and with a list of them its file is half as large.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::Pixmap;
use rustc_hash::FxHashMap;

/// The red, green and blue of a pixel.
type Colour = [u8; 3];

/// The file of a picture without holes.
///
/// Errors: none, for it is written into memory.
pub fn write(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let pixels: Vec<Colour> = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let bytes = match indexed(&pixels) {
        Some((colours, places)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(colours.concat());
            places
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            pixels.concat()
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(file)
}

/// The colours in the order in which they come, and for each pixel the place of its own; none if they are more than
/// 256.
fn indexed(pixels: &[Colour]) -> Option<(Vec<Colour>, Vec<u8>)> {
    let mut colours = Vec::new();
    let mut places: FxHashMap<Colour, u8> = FxHashMap::default();
    let mut place = |pixel: &Colour| {
        if let Some(place) = places.get(pixel) {
            return Some(*place);
        }
        let place = u8::try_from(colours.len()).ok()?;
        colours.push(*pixel);
        places.insert(*pixel, place);
        Some(place)
    };
    let places = pixels.iter().map(&mut place).collect::<Option<Vec<u8>>>()?;
    Some((colours, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_listed_and_many_are_not() {
        let pixels = |count: usize| (0..count).map(|nth| [nth as u8, (nth >> 8) as u8, 0]).collect::<Vec<Colour>>();
        assert_eq!(indexed(&[[9, 9, 9], [1, 2, 3], [9, 9, 9]]), Some((vec![[9, 9, 9], [1, 2, 3]], vec![0, 1, 0])));
        assert_eq!(indexed(&pixels(256)).map(|(colours, _)| colours.len()), Some(256));
        assert_eq!(indexed(&pixels(257)), None);
    }
}
