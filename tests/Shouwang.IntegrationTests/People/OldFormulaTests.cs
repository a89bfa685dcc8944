using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>What an .xls reckons, and what it would run: the reader gives a formula's last result like any number.</summary>
public sealed class OldFormulaTests
{
    private static readonly string[] s_head = ["姓名", "性别", "出生日期", "户号", "联系电话", "备注"];

    private static readonly string[] s_wang = ["王秀英", "女", "1945.3.2", "12", "10000000001"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_formula_is_refused_by_its_cell_also_behind_a_hidden_sheet(bool isShort)
    {
        var book = new OldBook().Sheet("旧表", isHidden: true).Row(0, s_head).Formula(1, 3, 12)
            .Sheet("花名册").Row(0, s_head).Row(1, s_wang).Row(2, "李德山", "男", "1950.5.6").Formula(2, 3, 13).Formula(2, 5, 2)
            .Sheet("志愿者").Row(0, s_head).Row(1, "赵玉珍", "女").Formula(1, 2, 17_000).Text(1, 3, "7");

        var reading = RosterWorkbook.Read(new MemoryStream(book.Bytes(isShort)), new(2026, 3, 16), RegionCheck.Provinces).Value;

        Assert.Equal(["王秀英"], reading.Rows.Select(r => r.Name));
        Assert.Equal(["花名册!D3 roster.formula", "志愿者!C2 roster.formula"], reading.Errors.Select(e => $"{e}"));
    }

    [Fact]
    public void Programs_and_sheets_of_commands_are_refused_as_in_a_new_workbook()
    {
        OldBook Sound() => new OldBook().Sheet("花名册").Row(0, s_head).Row(1, s_wang);

        Assert.Null(Refused(Sound().Bytes()));
        Assert.Equal("roster.macros", Refused(Sound().Bytes(beside: "_VBA_PROJECT_CUR")));
        Assert.Equal("roster.macros", Refused(Sound().Sheet("Macro1", kind: 1).Bytes()));
    }

    [Fact]
    public void Wherever_an_old_workbook_with_formulas_is_cut_off_it_is_read_or_refused()
    {
        foreach (var isShort in (bool[])[false, true])
        {
            var whole = new OldBook().Sheet("花名册").Row(0, s_head).Row(1, s_wang).Formula(2, 3, 13).Bytes(isShort);
            for (var length = 0; length < whole.Length; length += 7)
            {
                if (Refused(whole[..length]) is { } code) Assert.StartsWith("roster.", code, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Hundreds_of_thousands_of_old_formulas_are_refused_as_a_whole()
    {
        var book = new OldBook().Sheet("花名册").Row(0, s_head);
        for (var n = 0; n < 210_000; n++) book.Formula(1 + (n / 6), n % 6, n);

        Assert.Equal("roster.too-large", Refused(book.Bytes()));
    }

    [Theory, EachDatabase]
    public async Task On_the_page_the_cell_is_named_and_the_sheet_handed_back_holds_no_formula(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Add(Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var file = new OldBook().Sheet("花名册").Row(0, s_head).Row(1, s_wang).Row(2, "李德山", "男", "1950.5.6").Formula(2, 3, 13).Bytes();

        var form = await PageForm.Open(house, "/people/import", "roster", cookie: cadre);
        using var staged = await form.Send(house, new() { ["Input.Area"] = $"{Village.X}" }, ("Input.File", file));
        var at = staged.Headers.Location!.OriginalString;
        using var shown = await house.Send(HttpMethod.Get, at, cadre);
        Assert.Contains("D3", WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);

        var reading = RosterWorkbook.Read(new MemoryStream(file), new(2026, 3, 16), RegionCheck.Provinces).Value;
        using var marked = new MemoryStream();
        RosterErrorSheet.Write(new MemoryStream(file), reading, "错误说明", e => e.Refusal.Code, marked);
        using var back = SpreadsheetDocument.Open(marked, false);
        var sheet = back.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        Assert.Empty(sheet.Descendants<CellFormula>());
        Assert.Contains("roster.formula", sheet.InnerText, StringComparison.Ordinal);
    }

    private static string? Refused(byte[] file) =>
        RosterWorkbook.Read(new MemoryStream(file), new(2026, 3, 16), RegionCheck.Provinces).Refusal?.Code;
}
