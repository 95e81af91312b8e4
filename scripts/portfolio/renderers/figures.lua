-- Figures as Quarto shows them: numbered where labelled; @fig-label is a link to one.

local word, numbers, count = "Figure", {}, 0

local function name(label)
  return pandoc.Str(word .. "\u{a0}" .. numbers[label])
end

local function number(figure)
  if figure.identifier:match "^fig%-" then
    count = count + 1
    numbers[figure.identifier] = count
    local words = pandoc.utils.blocks_to_inlines(figure.caption.long)
    local colon = pandoc.utils.stringify(words) ~= "" and ": " or ""
    figure.caption.long = pandoc.Plain({ name(figure.identifier), colon } .. words)
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
    return pandoc.Link(name(label), "#" .. label, "", { class = "quarto-xref" })
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

function Pandoc(doc)
  local language = doc.meta.language or {}
  word = pandoc.utils.stringify(language["crossref-fig-title"] or word)
  return doc:walk({ Figure = number, Div = to_figure, Image = describe, CodeBlock = unescape })
    :walk({ Cite = refer })
end
