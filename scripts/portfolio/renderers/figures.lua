-- Figures as Quarto shows them: numbered where labelled; @fig-label is a link to one.

-- The words that Quarto has for figures; others come from the settings, by `language`.
local known = {
  bg = "Фигура", ca = "Figura", cs = "Obrázek", da = "Figur", de = "Abbildung", el = "Σχήμα",
  es = "Figura", eu = "Irudia", fi = "Kuva", fr = "Figure", he = "תרשים", id = "Gambar",
  is = "Mynd", it = "Figura", ja = "図", ko = "그림", lt = "Paveikslas", nb = "Figur",
  nl = "Figuur", nn = "Figur", pl = "Rysunek", pt = "Figura", ru = "Рисунок", sk = "Obrázok",
  sl = "Slika", ["sr-Latn"] = "Figura", sv = "Figur", tr = "Şekil", ua = "Рисунок",
  ["zh-TW"] = "圖", zh = "图",
}
local title, prefix, numbers, count = "Figure", nil, {}, 0

local function name(label, word)
  return pandoc.Str(word .. "\u{a0}" .. numbers[label])
end

local function number(figure)
  if figure.identifier:match "^fig%-" then
    count = count + 1
    numbers[figure.identifier] = count
    local words = pandoc.utils.blocks_to_inlines(figure.caption.long)
    local colon = pandoc.utils.stringify(words) ~= "" and ": " or ""
    figure.caption.long = pandoc.Plain({ name(figure.identifier, title), colon } .. words)
  end
  return figure:walk { Image = function(image)
    image.attributes.alt = image.attributes.alt or ""
    return image
  end }
end

local shown = {}
for tag in ("b i em strong sub sup code br small u s span mark kbd q"):gmatch "%l+" do
  shown[tag] = true
end

-- A caption may come from anybody's notebook: of HTML in it only plain tags are tags.
local function still(raw)
  local tag = raw.text:match "^</?(%l+)%s*/?>$"
  return raw.format == "html" and shown[tag] and raw or pandoc.Str(raw.text)
end

-- A cell writes its figure as a div: what it shows, and the caption.
local function to_figure(div)
  if div.identifier:match "^fig%-" then
    local display = table.remove(div.content, 1)
    local caption = pandoc.Div(div.content):walk {
      RawInline = still,
      RawBlock = function(raw) return pandoc.Plain(still(raw)) end,
    }
    local words = pandoc.utils.blocks_to_inlines(caption.content, { pandoc.Space() })
    return number(pandoc.Figure({ display }, { pandoc.Plain(words) }, div.identifier))
  end
end

local function refer(cite)
  local label = cite.citations[1].id
  if numbers[label] then
    return pandoc.Link(name(label, prefix or title), "#" .. label, "", { class = "quarto-xref" })
  end
end

local function describe(image)
  image.attributes.alt, image.attributes["fig-alt"] = image.attributes["fig-alt"], nil
  return image
end

-- Quarto's way to show the fence of a cell: ```{{python}}
local function unescape(code)
  code.text = code.text:gsub("(```+%s*){(%b{})}", "%1%2")
  return code
end

-- What is said of a language counts more than what is said of all, that of zh-TW more than of zh.
local function read_words(lang, said)
  local function take(from)
    local words_of = function(key) return from[key] and pandoc.utils.stringify(from[key]) end
    title = words_of "crossref-fig-title" or title
    prefix = words_of "crossref-fig-prefix" or prefix
  end
  local tag, tags = nil, {}
  for subtag in lang:gmatch "[^-]+" do
    tag = tag and tag .. "-" .. subtag or subtag
    table.insert(tags, tag)
    title = known[tag] or title
  end
  take(said)
  for _, each in ipairs(tags) do take(said[each] or {}) end
end

function Pandoc(doc)
  read_words(pandoc.utils.stringify(doc.meta.lang or ""), doc.meta.language or {})
  return doc:walk({ Figure = number, Div = to_figure, Image = describe, CodeBlock = unescape })
    :walk({ Cite = refer })
end
