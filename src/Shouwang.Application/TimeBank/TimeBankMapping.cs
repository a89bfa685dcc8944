using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>How credits are stored.</summary>
internal sealed class TimeBankMapping : IEntityTypeConfiguration<VisitCredit>
{
    public void Configure(EntityTypeBuilder<VisitCredit> builder)
    {
        builder.ToTable("timebank_credit");
        builder.HasKey(c => c.Visit);
        builder.Property(c => c.Visit).ValueGeneratedNever();
        builder.HasIndex(c => new { c.Volunteer, c.Day });
    }
}
