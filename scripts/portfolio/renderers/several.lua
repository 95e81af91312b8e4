-- Several pages made in one process, each as if it were alone: what is asked comes as JSON, and so
-- does the answer, the HTML of each page or false. A mark stands before what is said of each.

local function read(path)
  local file <close> = assert(io.open(path))
  return file:read "a"
end

local asked = pandoc.json.decode(io.read "a", false)
local filter = read(asked.filter)
local reading = pandoc.ReaderOptions { standalone = true }
local writing = pandoc.WriterOptions {
  template = pandoc.template.compile(read(asked.template), asked.template),
  html_math_method = "mathml",
  wrap_text = "preserve",
}

-- The filter counts figures, so that each page has one of its own.
local function convert(source)
  local own = setmetatable({}, { __index = _G })
  load(filter, asked.filter, "t", own)()
  return pandoc.write(own.Pandoc(pandoc.read(source, "markdown", reading)), "html5", writing)
end

local made = {}
for number, source in ipairs(asked.sources) do
  io.stderr:write(asked.mark)
  local works, html = pcall(convert, source)
  made[number] = works and html
end
io.write(pandoc.json.encode(made))
