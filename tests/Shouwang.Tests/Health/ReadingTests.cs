using CsCheck;
using Shouwang.Domain.Health;
using Xunit;

namespace Shouwang.Tests.Health;

public sealed class ReadingTests
{
    [Theory]
    [InlineData(ReadingKind.BloodPressure, "135/85", "135/85")]
    [InlineData(ReadingKind.BloodPressure, " 135 / 85 ", "135/85")]
    [InlineData(ReadingKind.Pulse, "72", "72")]
    [InlineData(ReadingKind.Glucose, "6.5", "6.5")]
    [InlineData(ReadingKind.Glucose, "6", "6.0")]
    [InlineData(ReadingKind.Temperature, "36.8", "36.8")]
    public void A_reading_is_read_as_people_write_it(ReadingKind kind, string typed, string expected) =>
        Assert.Equal(expected, Measured.From(kind, typed, "readings").Value.ToString());

    [Theory]
    [InlineData(ReadingKind.BloodPressure, "135", "health.not-a-reading")]
    [InlineData(ReadingKind.BloodPressure, "85/135", "health.impossible")]
    [InlineData(ReadingKind.BloodPressure, "1350/85", "health.not-a-reading")]
    [InlineData(ReadingKind.Pulse, "7", "health.impossible")]
    [InlineData(ReadingKind.Pulse, "72.5", "health.not-a-reading")]
    [InlineData(ReadingKind.Pulse, "-72", "health.not-a-reading")]
    [InlineData(ReadingKind.Glucose, "6.55", "health.not-a-reading")]
    [InlineData(ReadingKind.Temperature, "368", "health.impossible")]
    [InlineData(ReadingKind.Temperature, "好", "health.not-a-reading")]
    public void What_no_meter_shows_is_refused(ReadingKind kind, string typed, string code)
    {
        var refusal = Measured.From(kind, typed, "readings").Refusal;
        Assert.Equal((code, "readings"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void What_was_written_down_reads_as_itself() => Gen.Int[10, 400].Sample(tenths =>
    {
        var measured = new Measured(ReadingKind.Glucose, tenths);
        Assert.Equal(measured, Measured.From(ReadingKind.Glucose, measured.ToString(), "readings").Value);
    });
}
