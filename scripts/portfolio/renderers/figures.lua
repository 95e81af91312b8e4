-- Numbers the labelled figures of a page, and turns @fig-label into a link to its figure.

local number = {}
local count = 0

local function name(label)
  return pandoc.Inlines { pandoc.Str "Figure", pandoc.Str "\u{a0}" .. number[label] }
end

local function count_figure(figure)
  if figure.identifier:match "^fig%-" then
    count = count + 1
    number[figure.identifier] = count
    local long = figure.caption.long
    if #long > 0 then
      long[1].content = name(figure.identifier) .. { pandoc.Str ": " } .. long[1].content
    end
    return figure
  end
end

local function resolve(cite)
  local label = cite.citations[1].id
  if not number[label] then
    error("there is no figure @" .. label .. " on this page")
  end
  return pandoc.Link(name(label), "#" .. label, "", { class = "quarto-xref" })
end

local function to_page(link)
  if not link.target:match "^%a[%w+.-]*:" then
    link.target = link.target:gsub("%.qmd$", ".html"):gsub("%.qmd#", ".html#")
      :gsub("%.ipynb$", ".html"):gsub("%.ipynb#", ".html#")
    return link
  end
end

return { { Figure = count_figure }, { Cite = resolve, Link = to_page } }
