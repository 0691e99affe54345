-- Plays a person at Neovim, and prints what that person sees, one JSON object a line. Arguments come as JSON in PLAY:
-- { command = the server's, file = the Go file }. Works with Neovim 0.7 and newer.
local play = vim.fn.json_decode(vim.env.PLAY)
local patience = 60000

local function see(what, value)
  io.stdout:write(vim.fn.json_encode({ what = what, value = value }) .. "\n")
end

-- Waits for something that comes, and ends with what was seen instead where it does not.
local function await(what, condition)
  if vim.wait(patience, condition, 20) then return end
  see("missing", { what = what, diagnostics = vim.diagnostic.get(0), messages = vim.fn.execute("messages") })
  vim.cmd("cquit 1")
end

-- What a diagnostic underlines, as Neovim places it: its columns are bytes of its own buffer.
local function underlined()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local text = vim.api.nvim_buf_get_text(0, each.lnum, each.col, each.end_lnum, each.end_col, {})
    table.insert(found, { line = each.lnum, text = table.concat(text, "\n"), message = each.message, source = each.source })
  end
  table.sort(found, function(a, b) return a.line < b.line or (a.line == b.line and a.text < b.text) end)
  return found
end

local function has(text)
  return function()
    for _, each in ipairs(underlined()) do
      if each.text == text then return true end
    end
    return false
  end
end

local function moveTo(needle)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. needle, "c") > 0, needle)
end

local function start()
  local config = { name = "go_escape_lens", cmd = play.command, root_dir = vim.fn.fnamemodify(play.file, ":h") }
  if vim.lsp.start ~= nil then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end
end

-- The server says when all of an analysis is there, fixes included.
local idle = false
vim.lsp.handlers["goEscapeLens/status"] = function(_, status) idle = status.phase == "idle" end

vim.cmd("edit " .. vim.fn.fnameescape(play.file))
vim.bo.filetype = "go"
start()
await("diagnostics of the opened file", has(play.opened))
see("opened", underlined())

-- Typed, not saved.
moveTo("return out")
idle = false
vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("O" .. play.typed .. "<Esc>", true, false, true), "xt", false)
await("diagnostics while typing", has(play.typedSite))
await("the end of the analysis", function() return idle end)
see("typed", { found = underlined(), isSaved = not vim.bo.modified })

moveTo(play.hovered)
vim.lsp.buf.hover()
local window
await("the hover", function()
  for _, each in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(each).relative ~= "" then window = each end
  end
  return window ~= nil
end)
see("hover", vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false))
vim.api.nvim_win_close(window, true)

-- The menu of code actions, of which the first entry is chosen.
local titles
vim.ui.select = function(items, options, choose)
  titles = vim.tbl_map(function(item) return options.format_item(item) end, items)
  choose(items[1], 1)
end
moveTo(play.fixed)
vim.lsp.buf.code_action()
await("the menu", function() return titles ~= nil end)
await("the fix", function() return vim.fn.search("\\V" .. play.fix, "cnw") > 0 end)
see("fixed", { titles = titles, lines = vim.api.nvim_buf_get_lines(0, 0, -1, false) })

vim.cmd("write")
await("diagnostics after saving", function() return has(play.savedSite)() and has(play.typedSite)() end)
see("saved", underlined())
vim.cmd("qall!")
