using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>How credits and disputes are stored.</summary>
internal sealed class TimeBankMapping : IEntityTypeConfiguration<VisitCredit>, IEntityTypeConfiguration<HoursDispute>
{
    public void Configure(EntityTypeBuilder<VisitCredit> builder)
    {
        builder.ToTable("timebank_credit");
        builder.HasKey(c => c.Visit);
        builder.Property(c => c.Visit).ValueGeneratedNever();
        builder.Ignore(c => c.Uncredited);
        builder.HasIndex(c => new { c.Volunteer, c.Day });
    }

    public void Configure(EntityTypeBuilder<HoursDispute> builder)
    {
        builder.ToTable("timebank_dispute");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Ignore(d => d.IsOpen);
        builder.HasIndex(d => d.Visit);
        builder.HasIndex(d => new { d.Area, d.Outcome });
        builder.HasIndex(d => new { d.Outcome, d.RaisedAt, d.Id });
    }
}
